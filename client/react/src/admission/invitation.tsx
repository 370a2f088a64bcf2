import { type InvitationAnswer, selectSelf } from "@flagship/core";
import { useSession, useSessionState } from "../session/context.tsx";
import { Dialog } from "../shared/dialog.tsx";
import { aliasOf, roomName } from "../shared/names.ts";
import { useAction } from "../shared/use-action.ts";

/** An invitation into a room: a question that waits for an answer, and after "later" a way in that stays. */
export function Invitation() {
  const { commands } = useSession();
  const { isBusy, run } = useAction();
  const invitation = useSessionState((state) => selectSelf(state)?.invitation ?? null);
  const rooms = useSessionState((state) => state.rooms);
  const participants = useSessionState((state) => state.participants);
  if (invitation === null) return null;

  const name = roomName(rooms, invitation.roomId);
  const host = aliasOf(participants, invitation.invitedBy);
  const answer = (given: InvitationAnswer) => run(() => commands.answerInvitation(given));
  const buttons = (
    <>
      <button
        type="button"
        className="primary"
        disabled={isBusy}
        onClick={() => void answer("accept")}
      >
        Go to {name}
      </button>
      <button type="button" disabled={isBusy} onClick={() => void answer("decline")}>
        Decline
      </button>
    </>
  );
  if (invitation.postponed) {
    return (
      <aside className="banner invitation" aria-label="Invitation">
        <p>
          {host} invites you to {name}.
        </p>
        {buttons}
      </aside>
    );
  }
  return (
    <Dialog
      title={`Come to ${name}?`}
      description={`${host} invites you. If you choose “later”, you can still go while the room is open.`}
      closeName="Later"
      onClose={() => void answer("later")}
    >
      <div className="dialog-actions">{buttons}</div>
    </Dialog>
  );
}
