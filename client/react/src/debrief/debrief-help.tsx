import type { Debrief } from "@flagship/core";
import { useT } from "../i18n/messages.ts";
import { DebriefWaits } from "./debrief-waits.tsx";
import { useTimes } from "./times.ts";

/** Who asked for help, and how long they waited. */
export function DebriefHelpList({ debrief }: { debrief: Debrief }) {
  const t = useT();
  const { moment, stretch } = useTimes();
  if (debrief.help.length === 0) return null;
  return (
    <section>
      <h3>{t("debrief.help")}</h3>
      <DebriefWaits debrief={debrief} />
      <table>
        <thead>
          <tr>
            <th scope="col">{t("debrief.who")}</th>
            <th scope="col">{t("debrief.when")}</th>
            <th scope="col">{t("debrief.waited")}</th>
            <th scope="col">{t("debrief.about")}</th>
          </tr>
        </thead>
        <tbody>
          {debrief.help.map(({ request, waitMs }) => (
            <tr key={request.id}>
              <th scope="row">
                {request.kind === "alert"
                  ? t("debrief.alert", { name: request.alias })
                  : request.alias}
              </th>
              <td>{moment(request.askedAt)}</td>
              <td>{stretch(waitMs)}</td>
              <td>{request.text ?? "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
