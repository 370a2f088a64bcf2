import { MAIN_ROOM, type PendingMessage } from "@flagship/core";
import { useMemo } from "react";
import { useT } from "../i18n/messages.ts";
import { isInUse } from "../rooms/states.ts";
import { useSession, useSessionState } from "../session/context.tsx";
import { errorText } from "../shared/error-text.ts";
import { aliasOf, roomName } from "../shared/names.ts";
import { useCopy } from "../shared/use-copy.ts";
import { directWith, partnerOf } from "./conversations.ts";
import { useTabs } from "./use-tabs.ts";

/**
 * The person's refused messages to conversations other than the shown one, for example after a move or the closing of a
 * room. Each stays in every room until it is sent, copied or discarded.
 */
export function UnsentTray() {
  const t = useT();
  const unsent = useUnsent();
  return (
    // A live region reads out additions only if it was on the page before them.
    <div aria-live="polite">
      {unsent.length > 0 && (
        <section className="flagship-banner flagship-unsent" aria-label={t("unsent.label")}>
          <ul>
            {unsent.map((message) => (
              <UnsentMessage key={message.commandId} message={message} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function UnsentMessage({ message }: { message: PendingMessage }) {
  const t = useT();
  const session = useSession();
  const copy = useCopy();
  const rooms = useSessionState((state) => state.rooms);
  const participants = useSessionState((state) => state.participants);
  const { commandId, roomId, content, error } = message;
  const partner = partnerOf(roomId);
  const room = rooms.find(({ id }) => id === roomId);
  const to = partner === undefined ? roomName(t, rooms, roomId) : aliasOf(t, participants, partner);
  // The service takes no message to a closed or deleted room, nor to a participant who has left.
  const isThere =
    partner === undefined
      ? roomId === MAIN_ROOM || (room !== undefined && isInUse(room))
      : participants[partner] !== undefined;
  return (
    <li>
      <div>
        <p className="flagship-unsent-head">{t("unsent.to", { room: to })}</p>
        <p className="flagship-content" dir="auto">
          {content}
        </p>
        {error && <p className="flagship-hint">{errorText(t, error)}</p>}
      </div>
      <div className="flagship-unsent-actions">
        <button type="button" disabled={!isThere} onClick={() => session.retryMessage(commandId)}>
          {t("unsent.send", { room: to })}
        </button>
        <button type="button" onClick={() => copy(content)}>
          {t("chat.copy")}
        </button>
        <button type="button" onClick={() => session.discardMessage(commandId)}>
          {t("chat.drop")}
        </button>
      </div>
    </li>
  );
}

/** The refused messages of conversations that are not shown, oldest first. */
function useUnsent(): readonly PendingMessage[] {
  const { shown } = useTabs();
  const pending = useSessionState((state) => state.pending);
  const pendingDirect = useSessionState((state) => state.pendingDirect);
  return useMemo(() => {
    const direct = pendingDirect.map(({ recipientId, ...message }) => ({
      ...message,
      roomId: directWith(recipientId),
    }));
    return [...pending, ...direct]
      .filter(({ state, roomId }) => state === "failed" && roomId !== shown)
      .sort((one, other) => one.createdAt - other.createdAt);
  }, [pending, pendingDirect, shown]);
}
