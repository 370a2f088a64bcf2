import { isConnected, MAIN_ROOM, type SessionState, selectSelf } from "@flagship/core";
import { useEffect } from "react";
import { keepsOrder, ROLE_NAMES, roomName } from "../shared/names.ts";
import { type Notify, useNotify } from "../shared/notices.tsx";
import { announceAdmission } from "./announce-admission.ts";
import { announceHelp } from "./announce-help.ts";
import { announceRooms } from "./announce-rooms.ts";
import { useSession } from "./context.tsx";

/** Says what a person who does not see the page change would miss: moves, time, hands, and the connection. */
export function useAnnouncements(): void {
  const session = useSession();
  const notify = useNotify();

  useEffect(() => {
    const { store } = session;
    let before = store.getState();
    let isLost = false;
    return store.subscribe(() => {
      const now = store.getState();
      if (before.session) {
        isLost = announceConnection(isLost, now, notify);
        announceOwnMove(before, now, notify);
        announceOthers(before, now, notify);
        announceHands(before, now, notify);
        announceHelp(before, now, notify);
        announceAdmission(before, now, notify);
        announceRecording(before, now, notify);
        announceRooms(before, now, session.serverNow(), notify);
      }
      before = now;
    });
  }, [session, notify]);
}

/** Once when it is lost, however many tries it takes, and once when it is back. Gives whether it is lost. */
function announceConnection(wasLost: boolean, now: SessionState, notify: Notify): boolean {
  const { phase } = now.connection;
  if (phase === "backoff" && !wasLost) notify("quiet", "Connection lost. Trying again.");
  if (isConnected(now) && wasLost) notify("quiet", "Connected again.");
  return phase === "backoff" || (wasLost && phase === "connecting");
}

function announceOwnMove(before: SessionState, now: SessionState, notify: Notify): void {
  const from = selectSelf(before)?.roomId;
  const to = selectSelf(now)?.roomId;
  if (!from || !to || from === to) return;
  notify(
    "info",
    to === MAIN_ROOM ? "You are back in Main." : `You are now in ${roomName(now.rooms, to)}.`,
  );
}

/** Who came into one's own breakout room, and who left it. Main is too busy for that. */
function announceOthers(before: SessionState, now: SessionState, notify: Notify): void {
  const here = selectSelf(now)?.roomId;
  if (!here || here === MAIN_ROOM || here !== selectSelf(before)?.roomId) return;
  if (before.participants === now.participants) return;
  const name = roomName(now.rooms, here);
  for (const person of Object.values(now.participants)) {
    const { id, alias, role, roomId } = person;
    const was = before.participants[id]?.roomId;
    if (id === now.selfId || was === roomId) continue;
    if (roomId === here && keepsOrder(person)) {
      notify("quiet", `${alias} (${ROLE_NAMES[role].toLowerCase()}) is visiting ${name}.`);
    } else if (roomId === here) notify("quiet", `${alias} came into ${name}.`);
    else if (was === here) notify("quiet", `${alias} left ${name}.`);
  }
}

function announceRecording(before: SessionState, now: SessionState, notify: Notify): void {
  const was = before.session?.recording;
  const is = now.session?.recording;
  if (is !== was) notify("quiet", is ? "A recording has begun." : "The recording has ended.");
}

/** Who raises a hand, for those who keep order. */
function announceHands(before: SessionState, now: SessionState, notify: Notify): void {
  if (before.participants === now.participants || !keepsOrder(selectSelf(now))) return;
  for (const { id, alias, handRaised } of Object.values(now.participants)) {
    const isNew = handRaised && before.participants[id]?.handRaised === false;
    if (isNew && id !== now.selfId) notify("info", `${alias} raises their hand.`);
  }
}
