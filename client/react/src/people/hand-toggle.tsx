import { useT } from "../i18n/messages.ts";
import { useSession } from "../session/context.tsx";
import { useAction } from "../shared/use-action.ts";

/** Asks the hosts for attention, or stops asking. */
export function HandToggle({ isRaised }: { isRaised: boolean }) {
  const t = useT();
  const { commands } = useSession();
  const { isBusy, run } = useAction();
  return (
    <button
      type="button"
      className="flagship-hand-toggle"
      aria-pressed={isRaised}
      disabled={isBusy}
      onClick={() => void run(() => commands.raiseHand(!isRaised))}
    >
      {t("people.raiseHand")}
    </button>
  );
}
