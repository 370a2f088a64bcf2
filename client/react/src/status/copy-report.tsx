import type { Health } from "@flagship/core";
import { useState } from "react";
import { useT } from "../i18n/messages.ts";
import { useSession } from "../session/context.tsx";
import { useNotify } from "../shared/notices.tsx";
import { diagnosticReport } from "./report.ts";

/** Copies what helps those who look into a problem, without anything secret. */
export function CopyReport({ health }: { health: Health | null | undefined }) {
  const t = useT();
  const session = useSession();
  const notify = useNotify();
  const [report, setReport] = useState<string>();

  const copy = async () => {
    const text = diagnosticReport({
      state: session.store.getState(),
      sessionId: session.id,
      health: health ?? undefined,
      now: Date.now(),
      userAgent: navigator.userAgent,
    });
    try {
      await navigator.clipboard.writeText(text);
      notify("info", t("status.copied"));
    } catch {
      // The browser may refuse: then it is shown, to be copied by hand.
      setReport(text);
    }
  };

  return (
    <>
      <button type="button" onClick={() => void copy()}>
        {t("status.copy")}
      </button>
      <p className="flagship-hint">{t("status.copyAbout")}</p>
      {report !== undefined && (
        <textarea readOnly rows={8} value={report} aria-label={t("status.report")} />
      )}
    </>
  );
}
