import type { Participant } from "@flagship/core";
import { useT } from "../i18n/messages.ts";
import { useSession } from "../session/context.tsx";
import { ConfirmButton } from "../shared/confirm-button.tsx";
import { unseen } from "../shared/unseen.tsx";

/** Alerts the moderators about somebody. */
export function ReportButton({ person }: { person: Participant }) {
  const t = useT();
  const { commands } = useSession();
  return (
    <ConfirmButton
      name={t.rich("people.report", { name: person.alias, more: unseen })}
      title={t("people.reportTitle", { name: person.alias })}
      description={t("people.reportAbout", { name: person.alias })}
      confirmName={t("people.reportSend")}
      onConfirm={() => commands.askForHelp({ kind: "alert", aboutParticipantId: person.id })}
    />
  );
}
