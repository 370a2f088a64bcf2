import { MAIN_ROOM, type Message } from "@flagship/core";
import { Avatar } from "./avatar.tsx";
import { withLinks } from "./links.tsx";
import { momentOf, timeOf } from "./moments.ts";

/** Something said: by whom, when and what. */
export function MessageBody({ message, isContinued }: { message: Message; isContinued: boolean }) {
  const isToAll = message.roomId === MAIN_ROOM;
  return (
    <div className="message-body">
      {!isContinued && <Avatar id={message.senderId} alias={message.senderAlias} />}
      <p className={isContinued ? "visually-hidden" : "message-head"}>
        <span className="alias">{message.senderAlias}</span>
        <time
          dateTime={new Date(message.createdAt).toISOString()}
          title={momentOf(message.createdAt)}
        >
          {timeOf(message.createdAt)}
        </time>
      </p>
      {message.broadcast && (
        <p className="broadcast-mark">{isToAll ? "To everyone" : "To this room"}</p>
      )}
      <p className="content" dir="auto">
        {withLinks(message.content)}
      </p>
    </div>
  );
}
