import { type Participant, selectExpected } from "@flagship/core";
import { useT } from "../i18n/messages.ts";
import { useSession } from "../session/context.tsx";
import { ConfirmButton } from "../shared/confirm-button.tsx";
import { ROLES } from "../shared/names.ts";
import { useAction } from "../shared/use-action.ts";
import { Choice } from "./choice.tsx";

/** What somebody may do; a host can also make them host in their own place. */
export function PersonRole({ person }: { person: Participant }) {
  const t = useT();
  const { commands, store } = useSession();
  const { run } = useAction();
  return (
    <>
      <Choice
        label={t("people.role")}
        value={person.role}
        options={ROLES.map((role) => [role, t(`role.${role}`)] as const)}
        onChoose={(role) => {
          // As it will be when what was asked before is done: this comes after it.
          const seen = selectExpected(store.getState()).participants[person.id]?.role;
          void run(() => commands.setRole(person.id, role, seen));
        }}
      />
      <ConfirmButton
        name={t("people.handOver")}
        title={t("people.handOverTitle", { name: person.alias })}
        description={t("people.handOverAbout", { name: person.alias })}
        confirmName={t("people.handOver")}
        onConfirm={() => commands.handOver(person.id)}
      />
    </>
  );
}
