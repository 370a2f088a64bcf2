import { useT } from "../i18n/messages.ts";
import { ConfirmButton } from "../shared/confirm-button.tsx";
import { useSession } from "./context.tsx";

/** Leaves the session. */
export function LeaveSession() {
  const t = useT();
  const { commands } = useSession();
  return (
    <ConfirmButton
      name={t("leave.name")}
      title={t("leave.title")}
      description={t("leave.description")}
      confirmName={t("leave.confirm")}
      onConfirm={() => commands.leaveSession()}
    />
  );
}
