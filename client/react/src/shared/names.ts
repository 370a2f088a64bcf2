import {
  MAIN_ROOM,
  type Participant,
  type Participants,
  type Role,
  type Room,
} from "@flagship/core";

/** What the session's own room is called on the page. */
export const MAIN_NAME = "Main";

/** What a room is called; a room that is gone keeps no name. */
export function roomName(rooms: readonly Room[], roomId: string): string {
  if (roomId === MAIN_ROOM) return MAIN_NAME;
  return rooms.find((room) => room.id === roomId)?.name ?? "a room that is gone";
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
export function aliasOf(participants: Participants, id: string | null): string {
  return (id !== null && participants[id]?.alias) || "somebody who has left";
}

export const ROLE_NAMES: Record<Role, string> = {
  host: "Host",
  moderator: "Moderator",
  participant: "Participant",
};

/** Those of some people who are in a room, by alias. */
export function peopleIn(people: readonly Participant[], roomId: string): Participant[] {
  return people
    .filter((person) => person.roomId === roomId)
    .sort((a, b) => a.alias.localeCompare(b.alias));
}
