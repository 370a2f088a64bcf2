import type { Message, MessageId } from "@flagship/core";
import { useCallback, useEffect, useEffectEvent, useMemo, useState } from "react";
import { useT } from "../i18n/messages.ts";
import { useSession } from "../session/context.tsx";
import { useNotify } from "../shared/notices.tsx";
import { useAction } from "../shared/use-action.ts";
import type { MessageFinder } from "./chat-context.ts";
import { loadBackTo } from "./conversations.ts";
import { isSettled, type Row } from "./rows.ts";

interface Jump {
  roomId: string;
  items: readonly Message[];
  rows: readonly Row[];
  goTo: (index: number) => void;
}

/** A message on the way to which somebody is. */
interface Target {
  id: MessageId;
  step: "begun" | "loading" | "loaded";
}

/** The way to a message that something on the page speaks of, also where it is some pages back. */
export function useJump({ roomId, items, rows, goTo }: Jump): {
  finder: MessageFinder;
  isUnderWay: boolean;
} {
  const t = useT();
  const session = useSession();
  const notify = useNotify();
  const { run } = useAction();
  const [target, setTarget] = useState<Target>();

  const approach = useEffectEvent(async ({ id, step }: Target) => {
    if (step === "loading") return;
    const place = rows.findIndex(({ message }) => isSettled(message) && message.id === id);
    if (place >= 0) {
      setTarget(undefined);
      goTo(place);
      return;
    }
    if (step === "loaded") {
      setTarget(undefined);
      notify("info", t("chat.notFound"));
      return;
    }
    setTarget({ id, step: "loading" });
    const isLoaded = await run(() => loadBackTo(session, roomId, id));
    setTarget((held) => {
      // Whoever has chosen another way meanwhile goes that way.
      if (held?.id !== id) return held;
      return isLoaded ? { id, step: "loaded" } : undefined;
    });
  });
  useEffect(() => {
    if (target) void approach(target);
  }, [target]);

  const jumpTo = useCallback((id: MessageId) => setTarget({ id, step: "begun" }), []);
  const finder = useMemo(
    () => ({ find: (id: MessageId) => items.find((message) => message.id === id), jumpTo }),
    [items, jumpTo],
  );
  return { finder, isUnderWay: target?.step === "loading" };
}
