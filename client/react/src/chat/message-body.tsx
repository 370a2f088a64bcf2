import { MAIN_ROOM, type Message } from "@flagship/core";
import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
import { Avatar } from "./avatar.tsx";
import { withLinks } from "./links.tsx";

/** Something said: by whom, when and what. */
export function MessageBody({ message, isContinued }: { message: Message; isContinued: boolean }) {
  const t = useT();
  const formats = useFormats();
  const isToAll = message.roomId === MAIN_ROOM;
  return (
    <div className="message-body">
      {!isContinued && <Avatar id={message.senderId} alias={message.senderAlias} />}
      <p className={isContinued ? "visually-hidden" : "message-head"}>
        <span className="alias">{message.senderAlias}</span>
        <time
          dateTime={new Date(message.createdAt).toISOString()}
          title={formats.dateAndTime(message.createdAt)}
        >
          {formats.timeOfDay(message.createdAt)}
        </time>
      </p>
      {message.broadcast && (
        <p className="broadcast-mark">{t(isToAll ? "chat.toEveryone" : "chat.toRoom")}</p>
      )}
      <p className="content" dir="auto">
        {withLinks(message.content)}
      </p>
    </div>
  );
}
