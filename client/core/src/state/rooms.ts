import type { Room, SequencedEvent } from "../generated/protocol.ts";

/** Every breakout room that is not deleted, oldest first. `main` is not among them. */
export type Rooms = readonly Room[];

/** The rooms after an event. */
export function reduceRooms(rooms: Rooms, event: SequencedEvent): Rooms {
  switch (event.type) {
    case "breakout_room_created":
      return [...rooms.filter((room) => room.id !== event.room.id), event.room];
    case "breakout_room_opened":
    case "breakout_room_updated":
    case "breakout_room_closing":
    case "breakout_room_closed":
      return rooms.map((room) => (room.id === event.room.id ? event.room : room));
    case "breakout_room_deleted":
      return rooms.filter((room) => room.id !== event.roomId);
    default:
      return rooms;
  }
}
