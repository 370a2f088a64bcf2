import type { SessionId } from "@flagship/core";
import { useLocale } from "../i18n/locale-context.ts";
import { useT } from "../i18n/messages.ts";
import { useFlagshipClient } from "../provider/flagship-provider.tsx";
import { SessionProvider } from "../session/context.tsx";
import { NoticesProvider } from "../shared/notices.tsx";
import { LazyStatusPanel } from "./lazy-status-panel.ts";

/** What the status needs to know. */
export interface FlagshipSystemStatusProps {
  /** The session whose connection is looked at; it is shared with everything else on the page that uses it. */
  sessionId: SessionId;
  /** Whether it shows. While it does not, it asks nothing and connects to nothing. Absent: `true`. */
  isVisible?: boolean;
}

/**
 * How the connection is and has been, how long messages take, what waits to be sent, and how the service is; with a
 * report to copy in which there is no token, no name and nothing that was said. Needs a `FlagshipProvider` around it,
 * and `@flagship/react/styles.css`.
 */
export function FlagshipSystemStatus({ sessionId, isVisible = true }: FlagshipSystemStatusProps) {
  const t = useT();
  const { language, dir } = useLocale();
  const session = useFlagshipClient().session(sessionId);
  if (!isVisible) return null;
  return (
    <section className="flagship" lang={language} dir={dir} aria-label={t("status.title")}>
      <NoticesProvider>
        <SessionProvider key={sessionId} session={session}>
          <LazyStatusPanel />
        </SessionProvider>
      </NoticesProvider>
    </section>
  );
}
