import type { Debrief } from "@flagship/core";
import { aliasesOf, moment } from "./times.ts";

/** Each round with its groups. */
export function DebriefRounds({ debrief }: { debrief: Debrief }) {
  const alias = aliasesOf(debrief);
  return (
    <section>
      <h3>Rounds</h3>
      {debrief.rounds.length === 0 && <p className="hint">No round yet.</p>}
      {debrief.rounds.map((round) => (
        <div key={round.round} className="debrief-round">
          <h4>
            Round {round.round}, {moment(round.openedAt)} to {moment(round.closedAt)}
          </h4>
          <ul>
            {round.rooms.map((room) => (
              <li key={room.roomId}>
                <strong>{room.name}</strong>:{" "}
                {room.participantIds.map(alias).join(", ") || "nobody"}{" "}
                <span className="hint">
                  ({room.messages} {room.messages === 1 ? "message" : "messages"})
                </span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
