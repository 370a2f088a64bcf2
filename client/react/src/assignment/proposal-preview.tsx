import type { AssignmentProposal, ParticipantId, RoomId } from "@flagship/core";
import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
import { useSessionState } from "../session/context.tsx";
import { groupBy } from "../shared/group-by.ts";
import { aliasOf } from "../shared/names.ts";
import { PlacedPerson } from "./placed-person.tsx";

interface ProposalPreviewProps {
  proposal: AssignmentProposal;
  /** Whether it was changed by hand, so that what it says about itself may not hold any more. */
  isAdjusted: boolean;
  onMove: (participantId: ParticipantId, roomId: RoomId | null) => void;
}

/** Who would go where, room by room. */
export function ProposalPreview({ proposal, isAdjusted, onMove }: ProposalPreviewProps) {
  const t = useT();
  const formats = useFormats();
  const rooms = useSessionState((state) => state.rooms);
  const participants = useSessionState((state) => state.participants);
  const placed = groupBy(proposal.assignments, ({ roomId }) => roomId);
  const { matchedBy, unplaced, repeatedMeetings } = proposal;
  const lists = [
    ...rooms.map(({ id, name }) => ({ id, name })),
    { id: null, name: t("groups.noRoom") },
  ];

  return (
    <section className="proposal" aria-label={t("groups.proposal")}>
      <p role="status">
        {[
          repeatedMeetings === 0
            ? t("groups.fresh")
            : t("groups.repeats", { count: repeatedMeetings }),
          ...(matchedBy === "words" ? [t("groups.matched.words")] : []),
          ...(matchedBy === "meaning" ? [t("groups.matched.meaning")] : []),
          ...(isAdjusted ? [t("groups.changed")] : []),
        ].join(" ")}
      </p>
      {unplaced.length > 0 && (
        <p>
          {t("groups.unplaced", {
            names: formats.list(unplaced.map((id) => aliasOf(t, participants, id))),
          })}
        </p>
      )}
      <div className="proposal-rooms">
        {lists.map(({ id, name }) => {
          const people = placed.get(id) ?? [];
          if (id === null && people.length === 0) return null;
          return (
            <section key={id ?? "none"} aria-label={name}>
              <h3>
                {name} <span className="hint">({people.length})</span>
              </h3>
              <ul>
                {people.map(({ participantId }) => (
                  <PlacedPerson
                    key={participantId}
                    alias={aliasOf(t, participants, participantId)}
                    roomId={id}
                    rooms={rooms}
                    onMove={(to) => onMove(participantId, to)}
                  />
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </section>
  );
}
