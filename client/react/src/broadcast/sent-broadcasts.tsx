import { deliveryOf, MAIN_ROOM, type Message } from "@flagship/core";
import { useId, useMemo } from "react";
import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
import { useSessionState } from "../session/context.tsx";
import { groupBy } from "../shared/group-by.ts";
import { roomName } from "../shared/names.ts";
import { useBroadcastReceipts } from "./use-broadcast-receipts.ts";

/** What was said to many at once, newest first, as far as the messages of its rooms are loaded. */
export function SentBroadcasts() {
  const t = useT();
  const formats = useFormats();
  const headingId = useId();
  const messages = useSessionState((state) => state.messages);
  const rooms = useSessionState((state) => state.rooms);
  const sent = useMemo(() => {
    const all = Object.values(messages).flatMap(({ items }) => items.filter((it) => it.broadcast));
    const byCommand = groupBy(all, ({ commandId }) => commandId);
    return [...byCommand.values()]
      .flatMap((copies) => (copies[0] ? [{ first: copies[0], copies }] : []))
      .sort((a, b) => b.first.createdAt - a.first.createdAt);
  }, [messages]);
  const selfId = useSessionState((state) => state.selfId);
  const receipts = useSessionState((state) => state.receipts);
  const own = sent.filter(({ first }) => first.senderId === selfId);
  useBroadcastReceipts([
    ...new Set(own.flatMap(({ copies }) => copies.map(({ roomId }) => roomId))),
  ]);
  if (sent.length === 0) return null;
  return (
    <section className="flagship-sent" aria-labelledby={headingId}>
      <h3 id={headingId}>{t("broadcast.before")}</h3>
      <ul className="flagship-rows">
        {sent.map(({ first, copies }) => (
          <li key={first.commandId}>
            <div>
              <p className="flagship-hint">
                {t("broadcast.by", {
                  time: formats.timeOfDay(first.createdAt),
                  name: first.senderAlias,
                  rooms: namesOf(copies),
                })}
              </p>
              <p className="flagship-content" dir="auto">
                {first.content}
              </p>
              {first.senderId === selfId && <p className="flagship-hint">{seenBy(copies)}</p>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );

  function seenBy(copies: readonly Message[]): string {
    const told = copies.map((copy) => deliveryOf({ receipts }, copy));
    const sum = (numbers: readonly number[]) => numbers.reduce((total, it) => total + it, 0);
    if (told.some(({ others }) => others === null)) return t("chat.accepted");
    return t("broadcast.seen", {
      read: sum(told.map(({ read }) => read)),
      others: sum(told.map(({ others }) => others ?? 0)),
    });
  }

  function namesOf(copies: readonly Message[]): string {
    const names = copies.map(({ roomId }) =>
      roomId === MAIN_ROOM ? t("broadcast.everyone") : roomName(t, rooms, roomId),
    );
    return formats.list(names);
  }
}
