import { ConfirmButton } from "../shared/confirm-button.tsx";
import { useSession } from "./context.tsx";

/** Leaves the session. */
export function LeaveSession() {
  const { commands } = useSession();
  return (
    <ConfirmButton
      name="Leave session"
      title="Leave the session?"
      description="Others no longer see you in it, and what you asked for is taken back. You may come back, in the same role."
      confirmName="Leave"
      onConfirm={() => commands.leaveSession()}
    />
  );
}
