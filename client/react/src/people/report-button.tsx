import type { Participant } from "@flagship/core";
import { useSession } from "../session/context.tsx";
import { ConfirmButton } from "../shared/confirm-button.tsx";

/** Alerts the moderators about somebody. */
export function ReportButton({ person }: { person: Participant }) {
  const { commands } = useSession();
  return (
    <ConfirmButton
      name={
        <>
          Report<span className="visually-hidden"> {person.alias}</span>
        </>
      }
      title={`Report ${person.alias}?`}
      description={`Alerts the hosts and moderators, and nobody else: ${person.alias} does not learn of it.`}
      confirmName="Send the alert"
      onConfirm={() => commands.askForHelp({ kind: "alert", aboutParticipantId: person.id })}
    />
  );
}
