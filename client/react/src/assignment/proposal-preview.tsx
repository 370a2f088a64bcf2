import type { AssignmentProposal, ParticipantId, RoomId } from "@flagship/core";
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
  const rooms = useSessionState((state) => state.rooms);
  const participants = useSessionState((state) => state.participants);
  const placed = groupBy(proposal.assignments, ({ roomId }) => roomId);
  const { matchedBy, unplaced, repeatedMeetings } = proposal;
  const lists = [...rooms.map(({ id, name }) => ({ id, name })), { id: null, name: "No room" }];

  return (
    <section className="proposal" aria-label="Proposal">
      <p role="status">
        {repeatedMeetings === 0
          ? "Nobody meets anybody again."
          : `${repeatedMeetings} ${repeatedMeetings === 1 ? "pair meets" : "pairs meet"} again.`}
        {matchedBy === "words" && " What people wrote was compared word by word."}
        {matchedBy === "meaning" && " What people wrote was compared by its meaning."}
        {isAdjusted && " You have changed this since."}
      </p>
      {unplaced.length > 0 && (
        <p>No place for: {unplaced.map((id) => aliasOf(participants, id)).join(", ")}.</p>
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
                    alias={aliasOf(participants, participantId)}
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
