import type { Room } from "@flagship/core";
import { useEffect, useRef, useState } from "react";
import { useT } from "../i18n/messages.ts";
import { useSession } from "../session/context.tsx";
import { useNotify } from "../shared/notices.tsx";
import { useAction } from "../shared/use-action.ts";

/** Asks to be let into a room, and shows the answer. */
export function KnockButton({ room, isKnocking }: { room: Room; isKnocking: boolean }) {
  const t = useT();
  const { commands } = useSession();
  const { isBusy, run } = useAction();
  const notify = useNotify();
  const [isRefused, setIsRefused] = useState(false);
  const before = useRef({ isKnocking, isStopping: false });

  useEffect(() => {
    const { isKnocking: wasKnocking, isStopping } = before.current;
    before.current = { isKnocking, isStopping: false };
    if (isKnocking) setIsRefused(false);
    // Whoever is let in leaves this button behind: here, an end that one did not bring about is a no.
    if (!wasKnocking || isKnocking || isStopping) return;
    setIsRefused(true);
    notify("quiet", t("knock.refusedAt", { room: room.name }));
  }, [isKnocking, room.name, notify, t]);

  const knock = () => {
    before.current.isStopping = isKnocking;
    void run(() => commands.knock(isKnocking ? null : room.id));
  };

  return (
    <>
      <button
        type="button"
        aria-disabled={isBusy}
        aria-label={t(isKnocking ? "knock.stopAt" : "knock.at", { room: room.name })}
        onClick={() => !isBusy && knock()}
      >
        {t(isKnocking ? "knock.stop" : "knock.name")}
      </button>
      {isKnocking && <p className="flagship-hint">{t("knock.waits")}</p>}
      {isRefused && <p className="flagship-hint">{t("knock.refused")}</p>}
    </>
  );
}
