import type {
  BannedParticipant,
  GuestAssignment,
  Moderation,
  ParticipantId,
  Profile,
  SequencedEvent,
} from "../generated/protocol.ts";
import { reduceHelp } from "./help.ts";
import type { Participants } from "./participants.ts";
import { without } from "./records.ts";

/**
 * What hosts and moderators know after an event; whoever is neither knows nothing of it.
 *
 * @param participants who was in the session before the event
 */
export function reduceModeration(
  held: Moderation | null,
  event: SequencedEvent,
  participants: Participants,
): Moderation | null {
  if (held === null) return null;
  switch (event.type) {
    case "help_requested":
    case "help_updated":
      return { ...held, help: [...reduceHelp(held.help, event.request)] };
    case "guests_assigned":
      return { ...held, guests: event.assignments.reduce(expect, held.guests) };
    case "breakout_room_deleted":
      return { ...held, guests: held.guests.filter(({ roomId }) => roomId !== event.roomId) };
    case "profile_updated":
      return { ...held, profiles: describe(held.profiles, event.participantId, event.profile) };
    case "participant_banned": {
      const id = event.participantId;
      const others = bannedBut(held, id);
      return { ...held, banned: [...others, { id, alias: participants[id]?.alias ?? id }] };
    }
    case "participant_unbanned":
      return { ...held, banned: bannedBut(held, event.participantId) };
    default:
      return held;
  }
}

/** Those who are banned, without one. What an earlier version remembered knows nothing of them. */
function bannedBut({ banned = [] }: Partial<Moderation>, id: ParticipantId): BannedParticipant[] {
  return banned.filter((one) => one.id !== id);
}

/** Guests by key, as the server lists them. */
function expect(held: GuestAssignment[], guest: GuestAssignment): GuestAssignment[] {
  const others = held.filter(({ key }) => key !== guest.key);
  if (guest.roomId === null) return others;
  return [...others, guest].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Only those who wrote something are held. */
function describe(
  held: Record<ParticipantId, Profile>,
  id: ParticipantId,
  profile: Profile,
): Record<ParticipantId, Profile> {
  const isEmpty = profile.about === null && profile.tags.length === 0;
  return isEmpty ? without(held, id) : { ...held, [id]: profile };
}
