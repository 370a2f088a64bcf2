import { isConnected, type PendingMessage, selectSelf } from "@flagship/core";
import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
import { useSession, useSessionState } from "../session/context.tsx";
import { errorText } from "../shared/error-text.ts";
import { Avatar } from "./avatar.tsx";
import { withLinks } from "./links.tsx";
import { Quote } from "./quote.tsx";

interface PendingBodyProps {
  message: PendingMessage;
  isContinued: boolean;
}

/** A message of one's own that is on its way, or was refused. */
export function PendingBody({ message, isContinued }: PendingBodyProps) {
  const t = useT();
  const formats = useFormats();
  const session = useSession();
  const self = useSessionState(selectSelf);
  const isOpen = useSessionState(isConnected);
  const { commandId, content, createdAt, error } = message;
  return (
    <div className="flagship-message-body">
      {!isContinued && <Avatar id={self?.id ?? ""} alias={self?.alias ?? ""} />}
      <p className={isContinued ? "flagship-visually-hidden" : "flagship-message-head"}>
        <span className="flagship-alias">{self?.alias}</span>
        <time dateTime={new Date(createdAt).toISOString()}>{formats.timeOfDay(createdAt)}</time>
      </p>
      {message.replyTo !== undefined && <Quote id={message.replyTo} />}
      <p className="flagship-content" dir="auto">
        {withLinks(content)}
      </p>
      {error ? (
        <p className="flagship-pending-state">
          <span>{t("chat.notSent", { reason: errorText(t, error) })}</span>
          <button type="button" onClick={() => session.retryMessage(commandId)}>
            {t("chat.again")}
          </button>
          <button type="button" onClick={() => session.discardMessage(commandId)}>
            {t("chat.drop")}
          </button>
        </p>
      ) : (
        <p className="flagship-pending-state">{t(isOpen ? "chat.sending" : "chat.queued")}</p>
      )}
    </div>
  );
}
