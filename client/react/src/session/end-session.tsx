import { ConfirmButton } from "../shared/confirm-button.tsx";
import { useSession } from "./context.tsx";

/** Ends the session, for its hosts. */
export function EndSession() {
  const { commands } = useSession();
  return (
    <ConfirmButton
      name="End session"
      title="End the session for everyone?"
      description="Nobody can speak or move any more. What was said stays readable, and so does the debrief. It cannot be undone."
      confirmName="End it"
      isGrave
      onConfirm={() => commands.endSession()}
    />
  );
}
