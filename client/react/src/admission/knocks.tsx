import type { Participant, Room } from "@flagship/core";
import { useId } from "react";
import { useT } from "../i18n/messages.ts";
import { useSession, useSessionState } from "../session/context.tsx";
import { roomName } from "../shared/names.ts";
import { strong } from "../shared/unseen.tsx";
import { useAction } from "../shared/use-action.ts";
import { useKnocking } from "./use-knocking.ts";

/** Who knocks at a room in which one keeps order. */
export function Knocks() {
  const t = useT();
  const headingId = useId();
  const rooms = useSessionState((state) => state.rooms);
  const knocking = useKnocking();
  if (knocking.length === 0) return null;
  return (
    <section className="flagship-knocks" aria-labelledby={headingId}>
      <h3 id={headingId}>{t("knocks.title", { count: knocking.length })}</h3>
      <ul>
        {knocking.map((person) => (
          <Knock key={person.id} person={person} rooms={rooms} />
        ))}
      </ul>
    </section>
  );
}

function Knock({ person, rooms }: { person: Participant; rooms: readonly Room[] }) {
  const t = useT();
  const { commands } = useSession();
  const { isBusy, run } = useAction();
  const room = person.knockingRoomId ?? undefined;
  const answer = (admit: boolean) => run(() => commands.answerKnock(person.id, admit, room));
  return (
    <li className="flagship-help-item">
      <p>
        {t.rich("knocks.who", {
          name: person.alias,
          room: roomName(t, rooms, person.knockingRoomId ?? ""),
          strong,
        })}
      </p>
      <div className="flagship-settings-row">
        <button
          type="button"
          className="flagship-primary"
          disabled={isBusy}
          aria-label={t("knocks.admitWhom", { name: person.alias })}
          onClick={() => void answer(true)}
        >
          {t("knocks.admit")}
        </button>
        <button
          type="button"
          disabled={isBusy}
          aria-label={t("knocks.notNowWhom", { name: person.alias })}
          onClick={() => void answer(false)}
        >
          {t("knocks.notNow")}
        </button>
      </div>
    </li>
  );
}
