import { type HelpRequest, type SessionState, selectSelf } from "@flagship/core";
import { aliasOf, roomName } from "../shared/names.ts";
import type { Notify } from "../shared/notices.tsx";

/** Says to moderators who asks for help, and to who asked that somebody comes. */
export function announceHelp(before: SessionState, now: SessionState, notify: Notify): void {
  announceRequests(before, now, notify);
  announceOwn(before, now, notify);
}

function announceRequests(before: SessionState, now: SessionState, notify: Notify): void {
  if (!before.moderation || !now.moderation || before.moderation.help === now.moderation.help) {
    return;
  }
  const known = new Set(before.moderation.help.map(({ id }) => id));
  for (const request of now.moderation.help) {
    if (known.has(request.id) || request.participantId === now.selfId) continue;
    const where = roomName(now.rooms, request.roomId);
    // An alert is on the page until it is dealt with.
    if (request.kind === "alert") notify("quiet", `Alert from ${request.alias}, in ${where}.`);
    else notify("info", `${request.alias} asks for help, in ${where}.`);
  }
}

function announceOwn(before: SessionState, now: SessionState, notify: Notify): void {
  if (before.own.help === now.own.help) return;
  const byId = new Map(now.own.help.map((request) => [request.id, request]));
  for (const was of before.own.help) {
    const is = byId.get(was.id);
    if (is && isClaimed(is) && is.claimedBy !== was.claimedBy) {
      notify("info", `${aliasOf(now.participants, is.claimedBy)} is coming to help you.`);
    } else if (!is && isClaimed(was) && selectSelf(now)) {
      notify("quiet", "Your request for help is closed.");
    }
  }
}

const isClaimed = ({ claimedBy }: HelpRequest) => claimedBy !== null;
