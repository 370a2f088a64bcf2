import { MAIN_ROOM, type Message } from "@flagship/core";
import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
import { Avatar } from "./avatar.tsx";
import { DeliveryLine } from "./delivery.tsx";
import { MessageText } from "./message-text.tsx";
import { Quote } from "./quote.tsx";
import { Reactions } from "./reactions.tsx";

interface MessageBodyProps {
  message: Message;
  isContinued: boolean;
  /** Whether it is said how far it has come. */
  isTracked: boolean;
}

/** Something said: by whom, when and what, what it answers and what people put to it. */
export function MessageBody({ message, isContinued, isTracked }: MessageBodyProps) {
  const t = useT();
  const formats = useFormats();
  const isToAll = message.roomId === MAIN_ROOM;
  const isDeleted = message.deletedAt !== undefined;
  return (
    <div className="flagship-message-body">
      {!isContinued && <Avatar id={message.senderId} alias={message.senderAlias} />}
      <p className={isContinued ? "flagship-visually-hidden" : "flagship-message-head"}>
        <span className="flagship-alias">{message.senderAlias}</span>
        <time
          dateTime={new Date(message.createdAt).toISOString()}
          title={formats.dateAndTime(message.createdAt)}
        >
          {formats.timeOfDay(message.createdAt)}
        </time>
      </p>
      {message.broadcast && (
        <p className="flagship-broadcast-mark">{t(isToAll ? "chat.toEveryone" : "chat.toRoom")}</p>
      )}
      {message.replyTo !== undefined && !isDeleted && <Quote id={message.replyTo} />}
      {isDeleted ? (
        <p className="flagship-gone">{t("chat.deleted")}</p>
      ) : (
        <p className="flagship-content" dir="auto">
          <MessageText content={message.content} mentions={message.mentions} />
        </p>
      )}
      {message.editedAt !== undefined && !isDeleted && (
        <p className="flagship-edited">{t("chat.edited")}</p>
      )}
      <Reactions message={message} />
      {isTracked && <DeliveryLine message={message} />}
    </div>
  );
}
