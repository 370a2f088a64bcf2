import { expectedMessage, type Message } from "@flagship/core";
import { memo } from "react";
import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
import { useSessionState } from "../session/context.tsx";
import { lazily } from "../shared/lazily.tsx";
import { useChatActions } from "./chat-context.ts";
import { MessageBody } from "./message-body.tsx";
import { dayInWords } from "./moments.ts";
import { PendingBody } from "./pending-body.tsx";
import { isSettled, type Row } from "./rows.ts";

/** With its menus it is a good part of the page, and needed by nobody who only begins to read. */
const MessageTools = lazily(async () => (await import("./message-tools.tsx")).MessageTools);

interface MessageRowProps {
  row: Row;
  /** Its place among those that are held, and how many there are; -1 for unknown. */
  index: number;
  total: number;
  /** Where it begins. Pixels. */
  start: number;
  isOwn: boolean;
  isFocused: boolean;
  /** Whether it is said how far it has come. */
  isTracked: boolean;
  measure: (element: HTMLLIElement | null) => void;
  onFocus: (key: string) => void;
}

/** One message; above it the day, the mark of what is new, and what parts it from the message before. */
export const MessageRow = memo(function MessageRow({
  row,
  index,
  total,
  start,
  isOwn,
  isFocused,
  isTracked,
  measure,
  onFocus,
}: MessageRowProps) {
  const { message, isContinued, isNewDay, isFirstUnread, isAfterGap, opening } = row;
  const t = useT();
  const formats = useFormats();
  const settled = isSettled(message);
  return (
    <li
      ref={measure}
      className={settled ? "flagship-message" : "flagship-message flagship-pending"}
      style={{ transform: `translateY(${start}px)` }}
      data-index={index}
      data-own={isOwn}
      data-continued={isContinued}
      {...(settled
        ? { "data-seq": message.seq, "data-broadcast": message.broadcast }
        : { "data-failed": message.error !== null })}
      aria-setsize={total}
      aria-posinset={index + 1}
      // One message of the list is in the tab order: the one that the keys were at last.
      tabIndex={isFocused ? 0 : -1}
      onFocus={() => onFocus(row.key)}
    >
      {isAfterGap && (
        <p className="flagship-part">
          <span>{t("chat.gap")}</span>
        </p>
      )}
      {opening && (
        <p className="flagship-part">
          <span>
            {opening.isNewRound ? t("chat.round", { round: opening.round }) : t("chat.openedAgain")}
          </span>
        </p>
      )}
      {isNewDay && (
        <p className="flagship-day">
          <span>{dayInWords(t, formats, message.createdAt)}</span>
        </p>
      )}
      {isFirstUnread && (
        <p className="flagship-unread-mark">
          <span>{t("chat.newMark")}</span>
        </p>
      )}
      {settled ? (
        <Settled message={message} {...{ isContinued, isTracked, isOwn, isFocused }} />
      ) : (
        <PendingBody message={message} isContinued={isContinued} />
      )}
    </li>
  );
});

interface SettledProps {
  message: Message;
  isContinued: boolean;
  isTracked: boolean;
  isOwn: boolean;
  isFocused: boolean;
}

/** A message with what can be done about it, as it will be if nothing is refused. */
function Settled({ message, isContinued, isTracked, isOwn, isFocused }: SettledProps) {
  const actions = useChatActions();
  const unsettled = useSessionState((state) => state.unsettled);
  const selfId = useSessionState((state) => state.selfId);
  const expected = expectedMessage(message, unsettled, selfId);
  return (
    <div className="flagship-message-line">
      <MessageBody message={expected} isContinued={isContinued} isTracked={isTracked} />
      {actions && expected.deletedAt === undefined && (
        <MessageTools
          meanwhile={null}
          message={expected}
          isOwn={isOwn}
          actions={actions}
          isReachable={isFocused}
        />
      )}
    </div>
  );
}
