import type { Debrief } from "@flagship/core";
import { useId, useMemo } from "react";
import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
import { Disclosure } from "../shared/disclosure.tsx";
import { Plot } from "../shared/plot.tsx";
import { unseen } from "../shared/unseen.tsx";
import { minutesOf } from "./minutes.ts";

/** The most rooms in one plot: more lines than that are told apart by nobody. */
const MOST_ROOMS = 8;

/** How much was said in each room, minute by minute. */
export function DebriefMessages({ debrief }: { debrief: Debrief }) {
  const t = useT();
  const formats = useFormats();
  const headingId = useId();
  const minutes = useMemo(() => minutesOf(debrief.rooms, MOST_ROOMS), [debrief]);
  const series = useMemo(
    () => minutes?.rooms.map(({ name, counts }) => ({ label: name, values: counts })) ?? [],
    [minutes],
  );
  if (!minutes) return null;
  return (
    <section aria-labelledby={headingId}>
      <h3 id={headingId}>{t("debrief.perMinute")}</h3>
      <Plot
        label={t("debrief.perMinuteLabel")}
        moments={minutes.moments}
        series={series}
        kind="lines"
      />
      <Disclosure
        name={
          <>
            {t("debrief.asTable")} {unseen(t("debrief.perMinute"))}
          </>
        }
      >
        <div className="flagship-scrolls">
          <table>
            <thead>
              <tr>
                <th scope="col">{t("debrief.minute")}</th>
                {minutes.rooms.map(({ roomId, name }) => (
                  <th key={roomId} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {minutes.moments.map((minute, index) => (
                <tr key={minute}>
                  <th scope="row">{formats.timeOfDay(minute)}</th>
                  {minutes.rooms.map(({ roomId, counts }) => (
                    <td key={roomId}>{formats.number(counts[index] ?? 0)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Disclosure>
      {debrief.rooms.length > MOST_ROOMS && (
        <p className="flagship-hint">{t("debrief.mostSpoken", { count: MOST_ROOMS })}</p>
      )}
    </section>
  );
}
