import type { MessageId } from "@flagship/core";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { useT } from "../i18n/messages.ts";
import { useSession, useSessionState } from "../session/context.tsx";
import { useAction } from "../shared/use-action.ts";
import { Arrivals } from "./arrivals.tsx";
import { FinderContext } from "./chat-context.ts";
import { loadOlder, useRounds, useSaid } from "./conversations.ts";
import { JumpToNewest } from "./jump-to-newest.tsx";
import { MessageRow } from "./message-row.tsx";
import { isSettled, rowsOf, unreadOf } from "./rows.ts";
import { useAutomaticOlder, useSomething } from "./use-automatic-older.ts";
import { rowAfter } from "./use-focused-row.ts";
import { useJump } from "./use-jump.ts";
import { useMessageList } from "./use-message-list.ts";
import { useSight } from "./use-sight.ts";

interface MessageListProps {
  roomId: string;
  roomName: string;
  /** How far the reader had got when this was shown; `null` where nothing is marked as new. */
  seenUpTo?: number | null;
  /** Everything up to a message has been in sight. */
  onSee?: (seq: number) => void;
  /** A message that was chosen elsewhere on the page. Another object each time. */
  jumpedTo?: { id: MessageId } | undefined;
}

/** What was said in a room, oldest first, with one's own unsettled messages at the end. */
export function MessageList({
  roomId,
  roomName,
  seenUpTo = null,
  onSee,
  jumpedTo,
}: MessageListProps) {
  const t = useT();
  const session = useSession();
  const { items, pending, hasOlder, gaps } = useSaid(roomId);
  const rounds = useRounds(roomId);
  const selfId = useSessionState((state) => state.selfId);
  const { isBusy, run } = useAction();
  // How far a message has come is told to whom the talk goes on with.
  const tracksDelivery = onSee !== undefined;
  const [mark, setMark] = useState(seenUpTo);
  const rows = useMemo(
    () => rowsOf({ items, pending, selfId, seenUpTo: mark, gaps, rounds }),
    [items, pending, selfId, mark, gaps, rounds],
  );
  const { list, virtualizer, isAtEnd, focused } = useMessageList(rows);
  const goBack = () => run(() => loadOlder(session, roomId));
  useAutomaticOlder(list, hasOlder && !isBusy, goBack);
  useSomething(rows.length === 0 && hasOlder, goBack);
  const sight = useSight({ list, rows, virtualizer, ...(onSee && { onSee }), onReturn: setMark });

  // Whoever says something wants to see it, wherever they were reading, and has read what was there.
  const spoken = useRef(pending.length);
  useEffect(() => {
    if (pending.length > spoken.current) {
      setMark(null);
      virtualizer.scrollToEnd();
    }
    spoken.current = pending.length;
  }, [pending.length, virtualizer]);

  const goTo = (index: number, align: "auto" | "center" = "auto") => {
    const row = rows[index];
    if (!row) return;
    focused.seek(row.key);
    virtualizer.scrollToIndex(index, { align });
  };

  const { finder, isUnderWay } = useJump({
    roomId,
    items,
    rows,
    goTo: (index) => goTo(index, "center"),
  });
  const { jumpTo } = finder;
  useEffect(() => {
    if (jumpedTo) jumpTo(jumpedTo.id);
  }, [jumpedTo, jumpTo]);
  const ownLast = items.findLast((message) => message.senderId === selfId)?.seq;

  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    // In a row's own buttons and links the keys are theirs.
    if (target !== list.current && !target.matches("li[data-index]")) return;
    const next = rowAfter(event, target === list.current ? -1 : focused.index, rows.length);
    if (next === undefined) return;
    event.preventDefault();
    goTo(next);
  };

  return (
    <FinderContext value={finder}>
      <div className="flagship-messages-frame">
        <div
          ref={list}
          className="flagship-messages"
          role="log"
          aria-live="off"
          aria-label={t("chat.log", { room: roomName })}
          aria-busy={isBusy}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus, or keys cannot scroll it
          tabIndex={0}
          onKeyDown={onKeyDown}
        >
          {rows.length === 0 && (
            <p className="flagship-hint flagship-empty">
              {gaps.length > 0 ? t("chat.gap") : t("chat.empty", { room: roomName })}
            </p>
          )}
          <div
            className="flagship-messages-canvas"
            style={{ blockSize: virtualizer.getTotalSize() }}
          >
            <div className="flagship-older-bar">
              {hasOlder && (
                <button type="button" className="flagship-older" disabled={isBusy} onClick={goBack}>
                  {t(isBusy ? "state.loading" : "chat.older")}
                </button>
              )}
            </div>
            <ol>
              {virtualizer.getVirtualItems().map(({ index, key, start }) => {
                const row = rows[index];
                return (
                  row && (
                    <MessageRow
                      key={key}
                      row={row}
                      index={index}
                      start={start}
                      // Of a history that goes further back nobody knows how long it is.
                      total={hasOlder ? -1 : rows.length}
                      isOwn={!isSettled(row.message) || row.message.senderId === selfId}
                      isTracked={
                        tracksDelivery && isSettled(row.message) && row.message.seq === ownLast
                      }
                      isFocused={index === focused.index}
                      measure={virtualizer.measureElement}
                      onFocus={focused.take}
                    />
                  )
                );
              })}
            </ol>
          </div>
        </div>
        {!isAtEnd && rows.length > 0 && (
          <JumpToNewest
            count={unreadOf(items, sight, selfId)}
            onJump={() => {
              virtualizer.scrollToEnd();
              list.current?.focus({ preventScroll: true });
            }}
          />
        )}
        {isUnderWay && (
          <p className="flagship-jumping" role="status">
            {t("chat.goingBack")}
          </p>
        )}
        <Arrivals items={items} selfId={selfId} roomName={roomName} />
      </div>
    </FinderContext>
  );
}
