import {
  MAIN_ROOM,
  type Participant,
  type Participants,
  type Role,
  type Room,
} from "@flagship/core";
import type { Formats } from "../i18n/formats.ts";
import type { T } from "../i18n/messages.ts";

/** What a room is called; a room that is gone keeps no name. */
export function roomName(t: T, rooms: readonly Room[], roomId: string): string {
  if (roomId === MAIN_ROOM) return t("place.main");
  return rooms.find((room) => room.id === roomId)?.name ?? t("place.gone");
}

/** Whether somebody may run rooms and move people. */
export function keepsOrder(participant: Participant | undefined): boolean {
  return participant?.role === "host" || participant?.role === "moderator";
}

/** Whether somebody keeps order in a room: everywhere, or as its facilitator. */
export function keepsOrderIn(participant: Participant | undefined, room: Room): boolean {
  return (
    keepsOrder(participant) ||
    (participant !== undefined && room.facilitatorIds.includes(participant.id))
  );
}

/** What somebody is called; whoever is gone keeps no name. */
export function aliasOf(t: T, participants: Participants, id: string | null): string {
  return (id !== null && participants[id]?.alias) || t("person.gone");
}

/** Every role, the highest first. */
export const ROLES: readonly Role[] = ["host", "moderator", "participant"];

/** Those of some people who are in a room, by alias. */
export function peopleIn(
  people: readonly Participant[],
  roomId: string,
  { compare }: Formats,
): Participant[] {
  return people
    .filter((person) => person.roomId === roomId)
    .sort((a, b) => compare(a.alias, b.alias));
}
