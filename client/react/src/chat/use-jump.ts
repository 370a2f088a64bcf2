import { LIMITS, type Message, type MessageId } from "@flagship/core";
import { useCallback, useEffect, useEffectEvent, useMemo, useState } from "react";
import { useT } from "../i18n/messages.ts";
import { useSession } from "../session/context.tsx";
import { useNotify } from "../shared/notices.tsx";
import { useAction } from "../shared/use-action.ts";
import type { MessageFinder } from "./chat-context.ts";
import { goesBack, loadOlder } from "./conversations.ts";
import { isSettled, type Row } from "./rows.ts";

/** The most pages that are loaded on the way to one message: some ten thousand messages. */
const MOST_PAGES = 100;

interface Jump {
  roomId: string;
  items: readonly Message[];
  rows: readonly Row[];
  goTo: (index: number) => void;
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
  const [target, setTarget] = useState<{ id: MessageId; pages: number }>();

  const approach = useEffectEvent(async ({ id, pages }: { id: MessageId; pages: number }) => {
    const place = rows.findIndex(({ message }) => isSettled(message) && message.id === id);
    if (place >= 0) {
      setTarget(undefined);
      goTo(place);
      return;
    }
    if (!goesBack(session.store.getState(), roomId) || pages >= MOST_PAGES) {
      setTarget(undefined);
      notify("info", t("chat.notFound"));
      return;
    }
    const isLoaded = await run(() => loadOlder(session, roomId, LIMITS.messagesPage));
    // Whoever has chosen another way meanwhile goes that way.
    setTarget((held) => (held?.id === id && isLoaded ? { id, pages: pages + 1 } : undefined));
  });
  useEffect(() => {
    if (target) void approach(target);
  }, [target]);

  const jumpTo = useCallback((id: MessageId) => setTarget({ id, pages: 0 }), []);
  const finder = useMemo(
    () => ({ find: (id: MessageId) => items.find((message) => message.id === id), jumpTo }),
    [items, jumpTo],
  );
  return { finder, isUnderWay: target !== undefined && target.pages > 0 };
}
