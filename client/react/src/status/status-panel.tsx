import { selectSelf } from "@flagship/core";
import { type ReactNode, useId } from "react";
import { ActivityPanel } from "../activity/activity-panel.tsx";
import { useT } from "../i18n/messages.ts";
import { useSessionState } from "../session/context.tsx";
import { keepsOrder } from "../shared/names.ts";
import { ConnectionHistory } from "./connection-history.tsx";
import { CopyReport } from "./copy-report.tsx";
import { Latency } from "./latency.tsx";
import { Sending } from "./sending.tsx";
import { ServiceHealth } from "./service-health.tsx";
import { useHealth } from "./use-health.ts";

/** How everything is between this page and the service. */
export function StatusPanel() {
  const t = useT();
  const isKeeper = useSessionState((state) => keepsOrder(selectSelf(state)));
  const isLive = useSessionState((state) => state.session?.state === "live");
  const health = useHealth();
  return (
    <div className="flagship-status">
      <Part title={t("status.connection")}>
        <ConnectionHistory />
      </Part>
      <Part title={t("status.latency")}>
        <Latency />
      </Part>
      <Part title={t("status.sending")}>
        <Sending />
      </Part>
      <Part title={t("status.service")}>
        <ServiceHealth health={health} />
      </Part>
      {isKeeper && isLive && (
        <Part title={t("status.rooms")}>
          <ActivityPanel />
        </Part>
      )}
      <Part title={t("status.report")}>
        <CopyReport health={health} />
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}
