import { isConnected, type PendingMessage, selectSelf } from "@flagship/core";
import { useSession, useSessionState } from "../session/context.tsx";
import { sentence } from "../shared/sentence.ts";
import { Avatar } from "./avatar.tsx";
import { withLinks } from "./links.tsx";
import { timeOf } from "./moments.ts";

interface PendingBodyProps {
  message: PendingMessage;
  isContinued: boolean;
}

/** A message of one's own that is on its way, or was refused. */
export function PendingBody({ message, isContinued }: PendingBodyProps) {
  const session = useSession();
  const self = useSessionState(selectSelf);
  const isOpen = useSessionState(isConnected);
  const { commandId, content, createdAt, error } = message;
  return (
    <div className="message-body">
      {!isContinued && <Avatar id={self?.id ?? ""} alias={self?.alias ?? ""} />}
      <p className={isContinued ? "visually-hidden" : "message-head"}>
        <span className="alias">{self?.alias}</span>
        <time dateTime={new Date(createdAt).toISOString()}>{timeOf(createdAt)}</time>
      </p>
      <p className="content" dir="auto">
        {withLinks(content)}
      </p>
      {error ? (
        <p className="pending-state">
          <span>Not sent: {sentence(error.message)}</span>
          <button type="button" onClick={() => session.retryMessage(commandId)}>
            Send again
          </button>
          <button type="button" onClick={() => session.discardMessage(commandId)}>
            Drop
          </button>
        </p>
      ) : (
        <p className="pending-state">
          {isOpen ? "Sending…" : "Is sent as soon as the connection is back."}
        </p>
      )}
    </div>
  );
}
