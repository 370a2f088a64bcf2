import type { Participant, Role } from "@flagship/core";
import { useSession } from "../session/context.tsx";
import { ConfirmButton } from "../shared/confirm-button.tsx";
import { ROLE_NAMES } from "../shared/names.ts";
import { useAction } from "../shared/use-action.ts";
import { Choice } from "./choice.tsx";

/** What somebody may do; a host can also make them host in their own place. */
export function PersonRole({ person }: { person: Participant }) {
  const { commands } = useSession();
  const { run } = useAction();
  return (
    <>
      <Choice
        label="Role"
        value={person.role}
        options={Object.entries(ROLE_NAMES) as [Role, string][]}
        onChoose={(role) => void run(() => commands.setRole(person.id, role))}
      />
      <ConfirmButton
        name="Hand over"
        title={`Hand over to ${person.alias}?`}
        description={`${person.alias} becomes host, and you become a moderator.`}
        confirmName="Hand over"
        onConfirm={() => commands.handOver(person.id)}
      />
    </>
  );
}
