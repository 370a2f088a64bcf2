import { type Room, type SessionState, selectSelf } from "@flagship/core";
import type { T } from "../i18n/messages.ts";
import { timeInWords } from "../shared/duration.ts";
import { keepsOrder } from "../shared/names.ts";
import type { Notify } from "../shared/notices.tsx";

/**
 * Says once that the time is running out and once that the countdown runs: of one's own room, and for those who keep
 * order of any. `serverNow`: by the server's clock, as warnings that a resume brings may be old.
 */
export function announceRooms(
  t: T,
  before: SessionState,
  now: SessionState,
  serverNow: number,
  notify: Notify,
): void {
  if (before.rooms === now.rooms && before.warnings === now.warnings) return;
  const mine = now.rooms.filter(isMine(now));
  const warned = mine.filter(
    ({ id }) => now.warnings[id] && now.warnings[id] !== before.warnings[id],
  );
  say(warned, "begin", ({ endsAt }) => endsAt);
  const wereClosing = new Set(before.rooms.filter(isClosing).map(({ id }) => id));
  const closing = mine.filter((room) => isClosing(room) && !wereClosing.has(room.id));
  say(closing, "close", ({ closesAt }) => closesAt);

  function say(
    rooms: readonly Room[],
    what: "begin" | "close",
    endOf: (room: Room) => number | null,
  ) {
    const [first] = rooms;
    const left = ((first && endOf(first)) ?? 0) - serverNow;
    if (!first || left <= 0) return;
    const time = timeInWords(t, left);
    const room = first.name;
    const words =
      rooms.length === 1
        ? t(what === "close" ? "announce.roomCloses" : "announce.roomBeginsToClose", { room, time })
        : t(what === "close" ? "announce.roomsClose" : "announce.roomsBeginToClose", { time });
    // The countdown that runs is on the page too; the warning is not.
    notify(what === "close" ? "quiet" : "info", words);
  }
}

function isMine(state: SessionState): (room: Room) => boolean {
  const self = selectSelf(state);
  return (room) => keepsOrder(self) || room.id === self?.roomId;
}

const isClosing = ({ state }: Room) => state === "closing";
