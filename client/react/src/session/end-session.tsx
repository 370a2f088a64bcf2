import { useT } from "../i18n/messages.ts";
import { ConfirmButton } from "../shared/confirm-button.tsx";
import { useSession } from "./context.tsx";

/** Ends the session, for its hosts. */
export function EndSession() {
  const t = useT();
  const { commands } = useSession();
  return (
    <ConfirmButton
      name={t("end.name")}
      title={t("end.title")}
      description={t("end.description")}
      confirmName={t("end.confirm")}
      isGrave
      onConfirm={() => commands.endSession()}
    />
  );
}
