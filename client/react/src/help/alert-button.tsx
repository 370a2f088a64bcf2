import { useT } from "../i18n/messages.ts";
import { useSession, useSessionState } from "../session/context.tsx";
import { aliasOf } from "../shared/names.ts";
import { useNotify } from "../shared/notices.tsx";
import { useAction } from "../shared/use-action.ts";

/** Alerts the moderators in one tap. Nobody else learns of it. */
export function AlertButton() {
  const t = useT();
  const { commands } = useSession();
  const { isBusy, run } = useAction();
  const notify = useNotify();
  const participants = useSessionState((state) => state.participants);
  const own = useSessionState((state) => state.own.help.find(({ kind }) => kind === "alert"));

  const alert = async () => {
    const sent = await run(() => commands.askForHelp({ kind: "alert" }));
    if (sent) notify("info", t("alert.sent"));
  };

  if (own) {
    return (
      <div className="flagship-own-help" data-kind="alert">
        <p>
          {own.claimedBy === null
            ? t("alert.sent")
            : t("alert.comes", { name: aliasOf(t, participants, own.claimedBy) })}
        </p>
        <button
          type="button"
          disabled={isBusy}
          onClick={() => void run(() => commands.cancelHelp(own.id))}
        >
          {t("alert.takeBack")}
        </button>
      </div>
    );
  }
  return (
    <button
      type="button"
      className="flagship-danger"
      disabled={isBusy}
      title={t("alert.hint")}
      onClick={() => void alert()}
    >
      {t("alert.name")}
    </button>
  );
}
