import { MAIN_ROOM, type Message } from "@flagship/core";
import { memo } from "react";

const time = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });

interface MessageItemProps {
  message: Message;
  isOwn: boolean;
  /** Whether it goes on under the name above. */
  isContinued: boolean;
}

/** Something said. */
export const MessageItem = memo(function MessageItem({
  message,
  isOwn,
  isContinued,
}: MessageItemProps) {
  const isToAll = message.roomId === MAIN_ROOM;
  const at = new Date(message.createdAt);
  return (
    <li
      className="message"
      data-own={isOwn}
      data-continued={isContinued}
      data-broadcast={message.broadcast}
      data-seq={message.seq}
    >
      <p className={isContinued ? "visually-hidden" : "message-head"}>
        <span className="alias">{message.senderAlias}</span>
        <time dateTime={at.toISOString()} title={dateAndTime.format(at)}>
          {time.format(at)}
        </time>
      </p>
      {message.broadcast && (
        <p className="broadcast-mark">{isToAll ? "To everyone" : "To this room"}</p>
      )}
      <p className="content">{message.content}</p>
    </li>
  );
});
