import type { BannedParticipant } from "@flagship/core";
import { useSession, useSessionState } from "../session/context.tsx";
import { Disclosure } from "../shared/disclosure.tsx";
import { useAction } from "../shared/use-action.ts";

const NOBODY: readonly BannedParticipant[] = [];

/** Those who may not come back, for hosts and moderators, who may let them. */
export function Banned() {
  const { commands } = useSession();
  const { isBusy, run } = useAction();
  const banned = useSessionState((state) => state.moderation?.banned ?? NOBODY);
  if (banned.length === 0) return null;
  return (
    <Disclosure name={`Banned (${banned.length})`}>
      <ul className="rows" aria-label="Banned">
        {banned.map(({ id, alias }) => (
          <li key={id}>
            <span>{alias}</span>
            <button
              type="button"
              disabled={isBusy}
              aria-label={`Let back in: ${alias}`}
              onClick={() => void run(() => commands.unbanParticipant(id))}
            >
              Let back in
            </button>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
