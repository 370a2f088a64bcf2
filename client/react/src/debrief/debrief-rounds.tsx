import type { Debrief } from "@flagship/core";
import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
import { strong } from "../shared/unseen.tsx";
import { aliasesOf, useTimes } from "./times.ts";

/** Each round with its groups. */
export function DebriefRounds({ debrief }: { debrief: Debrief }) {
  const t = useT();
  const formats = useFormats();
  const { moment } = useTimes();
  const alias = aliasesOf(debrief);
  return (
    <section>
      <h3>{t("debrief.rounds")}</h3>
      {debrief.rounds.length === 0 && <p className="flagship-hint">{t("debrief.noRound")}</p>}
      {debrief.rounds.map((round) => (
        <div key={round.round} className="flagship-debrief-round">
          <h4>
            {t("debrief.round", {
              round: round.round,
              from: moment(round.openedAt),
              to: moment(round.closedAt),
            })}
          </h4>
          <ul>
            {round.rooms.map((room) => (
              <li key={room.roomId}>
                {t.rich("debrief.group", {
                  room: room.name,
                  names: formats.list(room.participantIds.map(alias)) || t("debrief.nobody"),
                  strong,
                })}{" "}
                <span className="flagship-hint">
                  {t("debrief.messageCount", { count: room.messages })}
                </span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
