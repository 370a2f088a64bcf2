import { useId } from "react";
import { useT } from "../i18n/messages.ts";
import { HelpItem } from "./help-item.tsx";
import { useHelpQueue } from "./use-help.ts";

/** Who waits for help, for moderators: alerts on top, then whoever has waited longest. */
export function HelpQueue() {
  const t = useT();
  const headingId = useId();
  const queue = useHelpQueue();
  const calls = queue.filter(({ kind }) => kind === "help");
  if (calls.length === 0) return null;
  return (
    <section className="flagship-help-queue" aria-labelledby={headingId}>
      <h3 id={headingId}>{t("help.queue", { count: calls.length })}</h3>
      <ul>
        {calls.map((request) => (
          <HelpItem key={request.id} request={request} />
        ))}
      </ul>
    </section>
  );
}
