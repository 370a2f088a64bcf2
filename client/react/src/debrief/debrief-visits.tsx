import type { Debrief } from "@flagship/core";
import { useT } from "../i18n/messages.ts";
import { useTimes } from "./times.ts";

/** The most visits shown; the table to download has all. */
const MOST = 200;

/** Who was in which room from when to when. */
export function DebriefVisits({ debrief }: { debrief: Debrief }) {
  const t = useT();
  const { moment } = useTimes();
  const { visits } = debrief;
  if (visits.length === 0) return null;
  return (
    <section>
      <h3>{t("debrief.visits")}</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("debrief.who")}</th>
            <th scope="col">{t("debrief.room")}</th>
            <th scope="col">{t("debrief.roundNumber")}</th>
            <th scope="col">{t("debrief.from")}</th>
            <th scope="col">{t("debrief.to")}</th>
          </tr>
        </thead>
        <tbody>
          {visits.slice(0, MOST).map((visit) => (
            <tr key={`${visit.participantId} ${visit.roomId} ${visit.enteredAt}`}>
              <th scope="row">{visit.alias}</th>
              <td>{visit.roomName}</td>
              <td>{visit.round}</td>
              <td>{moment(visit.enteredAt)}</td>
              <td>{moment(visit.leftAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {visits.length > MOST && (
        <p className="flagship-hint">{t("debrief.more", { count: visits.length - MOST })}</p>
      )}
    </section>
  );
}
