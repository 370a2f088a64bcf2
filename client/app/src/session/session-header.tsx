import { ConnectionBadge, useSessionState } from "@flagship/react/parts";
import { useAppT } from "../i18n/messages.ts";
import { SettingsButton } from "../settings/settings-button.tsx";
import { Logo } from "../shared/logo.tsx";
import { navigate } from "../shared/router.ts";
import { CopyLink } from "./copy-link.tsx";

/** The session's title, how the connection is, and the way to bring others in. */
export function SessionHeader() {
  const t = useAppT();
  const title = useSessionState((state) => state.session?.title);
  return (
    <header className="session-header">
      <a
        href="/"
        className="home"
        aria-label={t("session.home")}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          navigate("/");
        }}
      >
        <Logo />
      </a>
      <h1>{title ?? t("session.untitled")}</h1>
      <ConnectionBadge />
      <CopyLink />
      <SettingsButton />
    </header>
  );
}
