import type { AssignmentProposal, ParticipantId, RoomId } from "@flagship/core";
import { useState } from "react";
import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
import { useSessionState } from "../session/context.tsx";
import { groupBy } from "../shared/group-by.ts";
import { aliasOf } from "../shared/names.ts";
import { useNotify } from "../shared/notices.tsx";
import { PlacedPerson } from "./placed-person.tsx";
import { ProposedRoom } from "./proposed-room.tsx";

interface ProposalPreviewProps {
  proposal: AssignmentProposal;
  /** Whether it was changed by hand, so that what it says about itself may not hold any more. */
  isAdjusted: boolean;
  onMove: (participantId: ParticipantId, roomId: RoomId | null) => void;
}

/** Who would go where, room by room, to be changed by hand. */
export function ProposalPreview({ proposal, isAdjusted, onMove }: ProposalPreviewProps) {
  const t = useT();
  const formats = useFormats();
  const rooms = useSessionState((state) => state.rooms);
  const participants = useSessionState((state) => state.participants);
  const placed = groupBy(proposal.assignments, ({ roomId }) => roomId);
  const { matchedBy, unplaced, repeatedMeetings } = proposal;
  const notify = useNotify();
  // Whom the focus goes with.
  const [moved, setMoved] = useState<ParticipantId>();
  const lists = [
    ...rooms.map(({ id, name }) => ({ id, name })),
    { id: null, name: t("groups.noRoom") },
  ];
  const move = (participantId: ParticipantId, to: RoomId | null, isByButton: boolean) => {
    const from = proposal.assignments.find((it) => it.participantId === participantId)?.roomId;
    if (from === to) return;
    setMoved(isByButton ? participantId : undefined);
    onMove(participantId, to);
    const room = lists.find(({ id }) => id === to)?.name ?? "";
    notify("quiet", t("placement.done", { name: aliasOf(t, participants, participantId), room }));
  };

  return (
    <section className="flagship-proposal" aria-label={t("groups.proposal")}>
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
      <div className="flagship-proposal-rooms">
        {lists.map(({ id, name }) => {
          const people = placed.get(id) ?? [];
          return (
            <ProposedRoom
              key={id ?? "none"}
              name={name}
              count={people.length}
              onDrop={(participantId) => move(participantId, id, false)}
            >
              {people.map(({ participantId }) => (
                <PlacedPerson
                  key={participantId}
                  id={participantId}
                  alias={aliasOf(t, participants, participantId)}
                  roomId={id}
                  roomName={name}
                  rooms={rooms}
                  isMoved={participantId === moved}
                  onMove={(to) => move(participantId, to, true)}
                />
              ))}
            </ProposedRoom>
          );
        })}
      </div>
    </section>
  );
}
