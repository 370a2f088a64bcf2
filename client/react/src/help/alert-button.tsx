import { useSession, useSessionState } from "../session/context.tsx";
import { aliasOf } from "../shared/names.ts";
import { useNotify } from "../shared/notices.tsx";
import { useAction } from "../shared/use-action.ts";

/** Alerts the moderators in one tap. Nobody else learns of it. */
export function AlertButton() {
  const { commands } = useSession();
  const { isBusy, run } = useAction();
  const notify = useNotify();
  const participants = useSessionState((state) => state.participants);
  const own = useSessionState((state) => state.own.help.find(({ kind }) => kind === "alert"));

  const alert = async () => {
    const sent = await run(() => commands.askForHelp({ kind: "alert" }));
    if (sent) notify("info", "Your alert went to the hosts and moderators only.");
  };

  if (own) {
    return (
      <div className="own-help" data-kind="alert">
        <p>
          {own.claimedBy === null
            ? "Your alert went to the hosts and moderators only."
            : `${aliasOf(participants, own.claimedBy)} is coming because of your alert.`}
        </p>
        <button
          type="button"
          disabled={isBusy}
          onClick={() => void run(() => commands.cancelHelp(own.id))}
        >
          Take it back
        </button>
      </div>
    );
  }
  return (
    <button
      type="button"
      className="danger"
      disabled={isBusy}
      title="Goes to the hosts and moderators at once. Nobody else sees it."
      onClick={() => void alert()}
    >
      Alert a moderator
    </button>
  );
}
