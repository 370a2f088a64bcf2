import type { Message } from "@flagship/core";
import { useEffect, useRef, useState } from "react";
import { useT } from "../i18n/messages.ts";

/** More than so many at once are counted and not read out. */
const READ_OUT = 3;

interface ArrivalsProps {
  items: readonly Message[];
  selfId: string | null;
  roomName: string;
}

/**
 * Reads out what others say as it comes. The list itself cannot be the live region: its rows come onto the page by
 * scrolling too, and all of them would be read out.
 */
export function Arrivals({ items, selfId, roomName }: ArrivalsProps) {
  const t = useT();
  const newest = items.at(-1)?.seq ?? 0;
  const told = useRef(newest);
  const [words, setWords] = useState("");

  useEffect(() => {
    const since = told.current;
    told.current = newest;
    if (newest <= since) return;
    // The banner reads broadcasts out, in every room.
    const fresh = items.filter(
      ({ seq, senderId, broadcast }) => seq > since && senderId !== selfId && !broadcast,
    );
    if (fresh.length === 0) return;
    setWords(
      fresh.length > READ_OUT
        ? t("chat.arrived", { count: fresh.length, room: roomName })
        : fresh
            .map(({ senderAlias, content, mentions }) =>
              t(selfId !== null && mentions?.includes(selfId) ? "chat.mentioned" : "chat.says", {
                name: senderAlias,
                text: content,
              }),
            )
            .join("\n"),
    );
  }, [newest, items, selfId, roomName, t]);

  return (
    <p className="flagship-visually-hidden" aria-live="polite" aria-atomic="true">
      {words}
    </p>
  );
}
