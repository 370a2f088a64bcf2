import type { BannedParticipant } from "@flagship/core";
import { useT } from "../i18n/messages.ts";
import { useSession, useSessionState } from "../session/context.tsx";
import { Disclosure } from "../shared/disclosure.tsx";
import { useAction } from "../shared/use-action.ts";

const NOBODY: readonly BannedParticipant[] = [];

/** Those who may not come back, for hosts and moderators, who may let them. */
export function Banned() {
  const t = useT();
  const { commands } = useSession();
  const { isBusy, run } = useAction();
  const banned = useSessionState((state) => state.moderation?.banned ?? NOBODY);
  if (banned.length === 0) return null;
  const name = t("people.banned", { count: banned.length });
  return (
    <Disclosure name={name}>
      <ul className="flagship-rows" aria-label={name}>
        {banned.map(({ id, alias }) => (
          <li key={id}>
            <span>{alias}</span>
            <button
              type="button"
              disabled={isBusy}
              aria-label={t("people.letBackInWhom", { name: alias })}
              onClick={() => void run(() => commands.unbanParticipant(id))}
            >
              {t("people.letBackIn")}
            </button>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
