import type { PendingMessage } from "@flagship/core";
import { useSession, useSessionState } from "../session/context.tsx";
import { sentence } from "../shared/sentence.ts";

/** A message of one's own that is on its way, or was refused. */
export function PendingItem({ message }: { message: PendingMessage }) {
  const session = useSession();
  const isOpen = useSessionState((state) => state.connection.phase === "open");
  const { commandId, content, error } = message;
  return (
    <li className="message pending" data-own="true" data-failed={error !== null}>
      <p className="content">{content}</p>
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
    </li>
  );
}
