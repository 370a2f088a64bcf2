import { type HelpRequest, type SessionState, selectSelf } from "@flagship/core";
import type { T } from "../i18n/messages.ts";
import { aliasOf, roomName } from "../shared/names.ts";
import type { Notify } from "../shared/notices.tsx";

/** Says to moderators who asks for help, and to who asked that somebody comes. */
export function announceHelp(t: T, before: SessionState, now: SessionState, notify: Notify): void {
  announceRequests(t, before, now, notify);
  announceOwn(t, before, now, notify);
}

function announceRequests(t: T, before: SessionState, now: SessionState, notify: Notify): void {
  if (!before.moderation || !now.moderation || before.moderation.help === now.moderation.help) {
    return;
  }
  const known = new Set(before.moderation.help.map(({ id }) => id));
  for (const request of now.moderation.help) {
    if (known.has(request.id) || request.participantId === now.selfId) continue;
    const who = { name: request.alias, room: roomName(t, now.rooms, request.roomId) };
    // An alert is on the page until it is dealt with.
    if (request.kind === "alert") notify("quiet", t("announce.alert", who));
    else notify("info", t("announce.asksForHelp", who));
  }
}

function announceOwn(t: T, before: SessionState, now: SessionState, notify: Notify): void {
  if (before.own.help === now.own.help) return;
  const byId = new Map(now.own.help.map((request) => [request.id, request]));
  for (const was of before.own.help) {
    const is = byId.get(was.id);
    if (is && isClaimed(is) && is.claimedBy !== was.claimedBy) {
      const name = aliasOf(t, now.participants, is.claimedBy);
      notify("info", t("announce.helpComes", { name }));
    } else if (!is && isClaimed(was) && selectSelf(now)) {
      notify("quiet", t("announce.helpClosed"));
    }
  }
}

const isClaimed = ({ claimedBy }: HelpRequest) => claimedBy !== null;
