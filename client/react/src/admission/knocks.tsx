import type { Participant, Room } from "@flagship/core";
import { useId } from "react";
import { useSession, useSessionState } from "../session/context.tsx";
import { roomName } from "../shared/names.ts";
import { useAction } from "../shared/use-action.ts";
import { useKnocking } from "./use-knocking.ts";

/** Who knocks at a room in which one keeps order. */
export function Knocks() {
  const headingId = useId();
  const rooms = useSessionState((state) => state.rooms);
  const knocking = useKnocking();
  if (knocking.length === 0) return null;
  return (
    <section className="knocks" aria-labelledby={headingId}>
      <h3 id={headingId}>Knocking ({knocking.length})</h3>
      <ul>
        {knocking.map((person) => (
          <Knock key={person.id} person={person} rooms={rooms} />
        ))}
      </ul>
    </section>
  );
}

function Knock({ person, rooms }: { person: Participant; rooms: readonly Room[] }) {
  const { commands } = useSession();
  const { isBusy, run } = useAction();
  const answer = (admit: boolean) => run(() => commands.answerKnock(person.id, admit));
  return (
    <li className="help-item">
      <p>
        <strong>{person.alias}</strong> knocks at {roomName(rooms, person.knockingRoomId ?? "")}
      </p>
      <div className="settings-row">
        <button
          type="button"
          className="primary"
          disabled={isBusy}
          aria-label={`Admit ${person.alias}`}
          onClick={() => void answer(true)}
        >
          Admit
        </button>
        <button
          type="button"
          disabled={isBusy}
          aria-label={`Not now, ${person.alias}`}
          onClick={() => void answer(false)}
        >
          Not now
        </button>
      </div>
    </li>
  );
}
