import { isConnected, MAIN_ROOM, type SessionState, selectSelf } from "@flagship/core";
import { useEffect } from "react";
import { type T, useT } from "../i18n/messages.ts";
import { keepsOrder, roomName } from "../shared/names.ts";
import { type Notify, useNotify } from "../shared/notices.tsx";
import { announceAdmission } from "./announce-admission.ts";
import { announceHelp } from "./announce-help.ts";
import { announceRooms } from "./announce-rooms.ts";
import { useSession } from "./context.tsx";

/** Says what a person who does not see the page change would miss: moves, time, hands, and the connection. */
export function useAnnouncements(): void {
  const t = useT();
  const session = useSession();
  const notify = useNotify();

  useEffect(() => {
    const { store } = session;
    let before = store.getState();
    let isLost = false;
    return store.subscribe(() => {
      const now = store.getState();
      if (before.session) {
        isLost = announceConnection(t, isLost, now, notify);
        announceOwnMove(t, before, now, notify);
        announceOthers(t, before, now, notify);
        announceHands(t, before, now, notify);
        announceHelp(t, before, now, notify);
        announceAdmission(t, before, now, notify);
        announceRecording(t, before, now, notify);
        announceEnd(t, before, now, notify);
        announceRooms(t, before, now, session.serverNow(), notify);
      }
      before = now;
    });
  }, [session, notify, t]);
}

/** Once when it is lost, however many tries it takes, and once when it is back. Gives whether it is lost. */
function announceConnection(t: T, wasLost: boolean, now: SessionState, notify: Notify): boolean {
  const { phase } = now.connection;
  if (phase === "backoff" && !wasLost) notify("quiet", t("announce.lost"));
  if (isConnected(now) && wasLost) notify("quiet", t("announce.back"));
  return phase === "backoff" || (wasLost && phase === "connecting");
}

function announceOwnMove(t: T, before: SessionState, now: SessionState, notify: Notify): void {
  const from = selectSelf(before)?.roomId;
  const to = selectSelf(now)?.roomId;
  if (!from || !to || from === to) return;
  notify(
    "info",
    to === MAIN_ROOM
      ? t("announce.backInMain")
      : t("announce.nowIn", { room: roomName(t, now.rooms, to) }),
  );
}

/** Who came into one's own breakout room, and who left it. Main is too busy for that. */
function announceOthers(t: T, before: SessionState, now: SessionState, notify: Notify): void {
  const here = selectSelf(now)?.roomId;
  if (!here || here === MAIN_ROOM || here !== selectSelf(before)?.roomId) return;
  if (before.participants === now.participants) return;
  const room = roomName(t, now.rooms, here);
  for (const person of Object.values(now.participants)) {
    const { id, alias: name, role, roomId } = person;
    const was = before.participants[id]?.roomId;
    if (id === now.selfId || was === roomId) continue;
    if (roomId === here && keepsOrder(person)) {
      const what = t(`role.inSentence.${role}`);
      notify("quiet", t("announce.visiting", { name, role: what, room }));
    } else if (roomId === here) notify("quiet", t("announce.came", { name, room }));
    else if (was === here) notify("quiet", t("announce.left", { name, room }));
  }
}

function announceRecording(t: T, before: SessionState, now: SessionState, notify: Notify): void {
  const was = before.session?.recording;
  const is = now.session?.recording;
  if (is !== was) notify("quiet", t(is ? "announce.recordingBegan" : "announce.recordingEnded"));
}

function announceEnd(t: T, before: SessionState, now: SessionState, notify: Notify): void {
  if (before.session?.state === "live" && now.session?.state === "ended") {
    notify("quiet", t("announce.ended"));
  }
}

/** Who raises a hand, for those who keep order. */
function announceHands(t: T, before: SessionState, now: SessionState, notify: Notify): void {
  if (before.participants === now.participants || !keepsOrder(selectSelf(now))) return;
  for (const { id, alias, handRaised } of Object.values(now.participants)) {
    const isNew = handRaised && before.participants[id]?.handRaised === false;
    if (isNew && id !== now.selfId) notify("info", t("announce.hand", { name: alias }));
  }
}
