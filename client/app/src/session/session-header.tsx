import {
  ConnectionBadge,
  DialogButton,
  StatusButton,
  useSession,
  useSessionState,
} from "@flagship/react/parts";
import { Activity, Link, QrCode as QrIcon } from "lucide-react";
import { useAppT } from "../i18n/messages.ts";
import { SettingsButton } from "../settings/settings-button.tsx";
import { Labelled } from "../shared/labelled.tsx";
import { Logo } from "../shared/logo.tsx";
import { navigate, sessionPath } from "../shared/router.ts";
import { ShareDialog } from "../sharing/share-dialog.tsx";
import { useCopyLink } from "../sharing/use-copy-link.ts";

/** The session's title, how the connection is, and the ways to bring others in. */
export function SessionHeader() {
  const t = useAppT();
  const { id } = useSession();
  const title = useSessionState((state) => state.session?.title);
  const isKnown = title !== undefined;
  const copy = useCopyLink(location.origin + sessionPath(id));
  return (
    <header className="flagship-session-header">
      <a
        href="/"
        className="flagship-home"
        aria-label={t("session.home")}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          navigate("/");
        }}
      >
        <Logo />
      </a>
      <h1 dir="auto">{title ?? t("session.untitled")}</h1>
      <ConnectionBadge />
      <div className="flagship-header-actions">
        {isKnown && (
          <>
            <button type="button" className="flagship-copy-link" onClick={copy}>
              <Labelled icon={Link}>{t("share.copy")}</Labelled>
            </button>
            <DialogButton name={<Labelled icon={QrIcon}>{t("share.name")}</Labelled>}>
              {(close) => <ShareDialog onClose={close} />}
            </DialogButton>
          </>
        )}
        <StatusButton name={<Labelled icon={Activity}>{t("session.status")}</Labelled>} />
        <SettingsButton />
      </div>
    </header>
  );
}
