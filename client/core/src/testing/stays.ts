import type { ParticipantId, RoomId } from "../generated/protocol.ts";

/** Positions of a room's stream; `last` is `null` while it goes on. */
interface Stay {
  first: number;
  last: number | null;
}

/** When each participant was in which breakout room: what was said there then, they may read. */
export class Stays {
  readonly #stays = new Map<string, Stay[]>();

  /** Somebody comes into a room whose stream is at `head`. */
  begin(who: ParticipantId, room: RoomId, head: number): void {
    const stays = this.#of(who, room);
    const last = stays.at(-1);
    if (last && last.last === head) last.last = null;
    else stays.push({ first: head + 1, last: null });
  }

  /** Somebody leaves a room whose stream is at `head`. */
  end(who: ParticipantId, room: RoomId, head: number): void {
    const last = this.#of(who, room).at(-1);
    if (last) last.last = head;
  }

  /** Whether a position of a room belongs to a stay of somebody. */
  cover(who: ParticipantId, room: RoomId, seq: number): boolean {
    return this.#of(who, room).some(
      ({ first, last }) => first <= seq && (last === null || seq <= last),
    );
  }

  /** Where the stay began that goes on; `undefined` for who is not in the room. */
  begun(who: ParticipantId, room: RoomId): number | undefined {
    const last = this.#of(who, room).at(-1);
    return last?.last === null ? last.first : undefined;
  }

  /** Stretches between and before somebody's stays in a room. */
  gaps(who: ParticipantId, room: RoomId): { after: number; before: number }[] {
    const stays = this.#of(who, room).filter(({ first, last }) => last === null || first <= last);
    const gaps = stays.map(({ first }, index) => ({
      after: stays[index - 1]?.last ?? 0,
      before: first,
    }));
    return gaps.filter(({ after, before }) => after + 1 < before);
  }

  #of(who: ParticipantId, room: RoomId): Stay[] {
    const key = `${room} ${who}`;
    const stays = this.#stays.get(key) ?? [];
    this.#stays.set(key, stays);
    return stays;
  }
}
