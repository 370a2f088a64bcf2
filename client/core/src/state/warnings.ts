import type { RoomId, SequencedEvent } from "../generated/protocol.ts";
import { without } from "./records.ts";

/** That a room's timer ends before long. */
export interface Warning {
  /** When the room begins to close, milliseconds since the epoch, by the server's clock. */
  readonly endsAt: number;
  /** About how long that was when the server said so. Milliseconds. */
  readonly remainingMs: number;
}

/** The last warning of each room whose timer still ends when the warning says. */
export type Warnings = Readonly<Record<RoomId, Warning>>;

/** The warnings after an event. */
export function reduceWarnings(held: Warnings, event: SequencedEvent): Warnings {
  switch (event.type) {
    case "breakout_room_warning": {
      const { endsAt, remainingMs } = event;
      return { ...held, [event.roomId]: { endsAt, remainingMs } };
    }
    case "breakout_room_opened":
    case "breakout_room_updated":
    case "breakout_room_closing":
    case "breakout_room_closed":
      // Only another end makes a warning void: a new name does not.
      return held[event.room.id]?.endsAt === event.room.endsAt
        ? held
        : without(held, event.room.id);
    case "breakout_room_deleted":
      return without(held, event.roomId);
    default:
      return held;
  }
}
