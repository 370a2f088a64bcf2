import {
  type DirectMessage,
  LIMITS,
  type Own,
  type ParticipantId,
  type SequencedEvent,
} from "../generated/protocol.ts";
import { reduceHelp } from "./help.ts";
import type { SessionState } from "./index.ts";
import { directPosition } from "./own-read.ts";
import { reduceDirect, withDirect } from "./said.ts";

/** Nothing asked, nothing written. */
export const NOTHING_OWN: Own = { help: [], profile: { about: null, tags: [] } };

/**
 * What one knows of one's own requests, profile and direct messages after an event. Moderators hear of other
 * people's requests and profiles too.
 */
export function reduceOwn(held: Own, event: SequencedEvent, selfId: ParticipantId | null): Own {
  switch (event.type) {
    case "help_requested":
    case "help_updated":
      if (event.request.participantId !== selfId) return held;
      return { ...held, help: [...reduceHelp(held.help, event.request)] };
    case "profile_updated":
      return event.participantId === selfId ? { ...held, profile: event.profile } : held;
    case "direct_message_created":
    case "direct_message_edited":
    case "direct_message_deleted":
    case "direct_message_reacted":
      return { ...held, directMessages: [...reduceDirect(held.directMessages ?? [], event)] };
    default:
      return held;
  }
}

/** The `before` of the page of older direct messages, by person; `null` when there are none. */
export type OlderDirect = Readonly<Record<ParticipantId, number | null>>;

/** Of direct messages, those with somebody. */
export function directMessagesWith(
  direct: readonly DirectMessage[],
  participantId: ParticipantId,
): readonly DirectMessage[] {
  return direct.filter(
    ({ senderId, recipientId }) => senderId === participantId || recipientId === participantId,
  );
}

/** Whether there are older direct messages with somebody than those that are held. */
export function hasOlderDirect(
  { olderDirect, own }: Pick<SessionState, "olderDirect" | "own">,
  participantId: ParticipantId,
): boolean {
  const older = olderDirect[participantId];
  if (older !== undefined) return older !== null;
  return (own.directMessages ?? []).length >= LIMITS.snapshotDirectMessages;
}

/** Puts a page of older direct messages to those that are held. */
export function addOlderDirect(held: Own, page: readonly DirectMessage[]): Own {
  const all = page.reduce<readonly DirectMessage[]>(
    (messages, message) => withDirect(messages, message),
    held.directMessages ?? [],
  );
  return {
    ...held,
    directMessages: [...all].sort((a, b) => directPosition(a) - directPosition(b)),
  };
}

/** Adds a direct message that an answer brought, before its event does. */
export function addDirect(held: Own, message: DirectMessage): Own {
  return { ...held, directMessages: [...withDirect(held.directMessages ?? [], message)] };
}
