import { type SessionState, selectSelf } from "@flagship/core";
import { keepsOrderIn, roomName } from "../shared/names.ts";
import type { Notify } from "../shared/notices.tsx";

/** Says who knocks, to those who may let them in, and to oneself that one is muted or may speak again. */
export function announceAdmission(before: SessionState, now: SessionState, notify: Notify): void {
  if (before.participants === now.participants) return;
  const self = selectSelf(now);
  for (const { id, alias, knockingRoomId } of Object.values(now.participants)) {
    if (knockingRoomId === null || before.participants[id]?.knockingRoomId === knockingRoomId) {
      continue;
    }
    const room = now.rooms.find((other) => other.id === knockingRoomId);
    const isForMe = id !== now.selfId && room && keepsOrderIn(self, room);
    if (isForMe) notify("info", `${alias} knocks at ${roomName(now.rooms, knockingRoomId)}.`);
  }
  const wasMuted = selectSelf(before)?.muted;
  if (self && wasMuted !== undefined && self.muted !== wasMuted) {
    notify("quiet", self.muted ? "You are muted." : "You may speak again.");
  }
}
