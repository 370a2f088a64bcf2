import { isMutedIn, type SessionState, selectSelf } from "@flagship/core";
import type { T } from "../i18n/messages.ts";
import { keepsOrderIn, roomName } from "../shared/names.ts";
import type { Notify } from "../shared/notices.tsx";

/** Says who knocks, to those who may let them in, and to oneself that one is muted or may speak again. */
export function announceAdmission(
  t: T,
  before: SessionState,
  now: SessionState,
  notify: Notify,
): void {
  if (before.participants === now.participants) return;
  const self = selectSelf(now);
  for (const { id, alias, knockingRoomId } of Object.values(now.participants)) {
    if (knockingRoomId === null || before.participants[id]?.knockingRoomId === knockingRoomId) {
      continue;
    }
    const room = now.rooms.find((other) => other.id === knockingRoomId);
    const isForMe = id !== now.selfId && room && keepsOrderIn(self, room);
    if (isForMe) {
      const where = roomName(t, now.rooms, knockingRoomId);
      notify("info", t("announce.knock", { name: alias, room: where }));
    }
  }
  const earlier = selectSelf(before);
  if (!self || !earlier) return;
  const isMuted = isMutedIn(self, self.roomId);
  if (isMuted !== isMutedIn(earlier, earlier.roomId)) {
    notify("quiet", t(isMuted ? "announce.muted" : "announce.unmuted"));
  }
}
