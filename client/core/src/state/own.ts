import type { DirectMessage, Own, ParticipantId, SequencedEvent } from "../generated/protocol.ts";
import { reduceHelp } from "./help.ts";
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

/** Adds a direct message that an answer brought, before its event does. */
export function addDirect(held: Own, message: DirectMessage): Own {
  return { ...held, directMessages: [...withDirect(held.directMessages ?? [], message)] };
}
