import type { Room } from "@flagship/core";
import { useEffect, useRef, useState } from "react";
import { useSession } from "../session/context.tsx";
import { useNotify } from "../shared/notices.tsx";
import { useAction } from "../shared/use-action.ts";

/** Asks to be let into a room, and shows the answer. */
export function KnockButton({ room, isKnocking }: { room: Room; isKnocking: boolean }) {
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
    notify("quiet", `Not now: nobody let you into ${room.name}.`);
  }, [isKnocking, room.name, notify]);

  const knock = () => {
    before.current.isStopping = isKnocking;
    void run(() => commands.knock(isKnocking ? null : room.id));
  };

  return (
    <>
      <button
        type="button"
        aria-disabled={isBusy}
        aria-label={isKnocking ? `Stop knocking at ${room.name}` : `Knock at ${room.name}`}
        onClick={() => !isBusy && knock()}
      >
        {isKnocking ? "Stop knocking" : "Knock"}
      </button>
      {isKnocking && <p className="hint">You knocked. Somebody has to let you in.</p>}
      {isRefused && <p className="hint">Not now. You may knock again later.</p>}
    </>
  );
}
