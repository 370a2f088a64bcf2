import { Dialog, Field, useAction, useSession, useSessionState } from "@flagship/react/parts";
import { useAppT } from "../i18n/messages.ts";
import { sessionPath } from "../shared/router.ts";
import { QrCode } from "./qr-code.tsx";
import { useCopyLink } from "./use-copy-link.ts";

/** Brings others into the session: by its link, by a code to scan, or by whatever the device shares with. */
export function ShareDialog({ onClose }: { onClose: () => void }) {
  const t = useAppT();
  const { id } = useSession();
  const { run } = useAction();
  const title = useSessionState((state) => state.session?.title) ?? t("session.untitled");
  const link = location.origin + sessionPath(id);
  const copy = useCopyLink(link);

  const share = () =>
    navigator.share({ title, url: link }).catch((error: Error) => {
      // Whoever changes their mind has done nothing wrong.
      if (error.name !== "AbortError") throw error;
    });

  return (
    <Dialog title={t("share.title")} description={t("share.about")} onClose={onClose}>
      <div className="flagship-share">
        <QrCode text={link} label={t("share.code")} />
        <div className="flagship-share-ways">
          <Field
            label={t("share.link")}
            value={link}
            readOnly
            dir="ltr"
            onFocus={(event) => event.target.select()}
          />
          <div className="flagship-settings-row">
            <button type="button" className="flagship-primary" onClick={copy}>
              {t("share.copyIt")}
            </button>
            {"share" in navigator && (
              <button type="button" onClick={() => void run(share)}>
                {t("share.send")}
              </button>
            )}
          </div>
        </div>
      </div>
    </Dialog>
  );
}
