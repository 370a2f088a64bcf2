import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
import { useSessionState } from "../session/context.tsx";
import { Elapsed } from "../shared/elapsed.tsx";

/** What waits to be sent, and what became of what was. */
export function Sending() {
  const t = useT();
  const formats = useFormats();
  const outbox = useSessionState((state) => state.outbox);
  const clockOffset = useSessionState((state) => state.clockOffset);
  const breaker = useSessionState((state) => state.breaker);
  const { sent, resent, acked, duplicates, refused, failed, events, repeats, gaps } =
    useSessionState((state) => state.statistics);
  const settled = acked + failed;
  const values = [
    [t("status.waiting"), outbox.waiting],
    [t("status.kept"), outbox.failed],
    [t("status.sent"), sent],
    [t("status.resent"), resent],
    [t("status.acked"), acked],
    [t("status.duplicates"), duplicates],
    [t("status.refused"), refused],
    [t("status.events"), events],
    [t("status.repeats"), repeats],
    [t("status.gaps"), gaps],
  ] as const;
  return (
    <>
      <p>
        {settled === 0
          ? t("status.nothingSent")
          : t("status.rate", { share: `${formats.number((acked / settled) * 100, 1)} %` })}
      </p>
      {outbox.oldestAt !== null && (
        <p>
          {t("status.oldest")} <Elapsed since={outbox.oldestAt + clockOffset} />
        </p>
      )}
      {!outbox.isDurable && <p className="flagship-hint">{t("status.notDurable")}</p>}
      <p>{t(`status.breaker.${breaker.state}`)}</p>
      <ul className="flagship-status-values">
        {values.map(([name, value]) => (
          <li key={name}>
            <span>{name}</span>
            <strong>{formats.number(value)}</strong>
          </li>
        ))}
      </ul>
    </>
  );
}
