import { type InvitationAnswer, selectSelf } from "@flagship/core";
import { useT } from "../i18n/messages.ts";
import { useSession, useSessionState } from "../session/context.tsx";
import { Dialog } from "../shared/dialog.tsx";
import { aliasOf, roomName } from "../shared/names.ts";
import { useAction } from "../shared/use-action.ts";

/** An invitation into a room: a question that waits for an answer, and after "later" a way in that stays. */
export function Invitation() {
  const t = useT();
  const { commands } = useSession();
  const { isBusy, run } = useAction();
  const invitation = useSessionState((state) => selectSelf(state)?.invitation ?? null);
  const rooms = useSessionState((state) => state.rooms);
  const participants = useSessionState((state) => state.participants);
  if (invitation === null) return null;

  const name = roomName(t, rooms, invitation.roomId);
  const host = aliasOf(t, participants, invitation.invitedBy);
  const answer = (given: InvitationAnswer) =>
    run(() => commands.answerInvitation(given, invitation.roomId));
  const buttons = (
    <>
      <button
        type="button"
        className="flagship-primary"
        disabled={isBusy}
        onClick={() => void answer("accept")}
      >
        {t("invitation.accept", { room: name })}
      </button>
      <button type="button" disabled={isBusy} onClick={() => void answer("decline")}>
        {t("invitation.decline")}
      </button>
    </>
  );
  if (invitation.postponed) {
    return (
      <aside className="flagship-banner flagship-invitation" aria-label={t("invitation.label")}>
        <p>{t("invitation.standing", { name: host, room: name })}</p>
        {buttons}
      </aside>
    );
  }
  return (
    <Dialog
      title={t("invitation.title", { room: name })}
      description={t("invitation.description", { name: host })}
      closeName={t("invitation.later")}
      onClose={() => void answer("later")}
    >
      <div className="flagship-dialog-actions">{buttons}</div>
    </Dialog>
  );
}
