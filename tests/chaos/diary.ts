// What somebody at Flagship saw, written down as it came.

import assert from "node:assert/strict";
import type { DirectMessage, Message } from "../../client/core/src/generated/protocol.ts";
import type { Seen } from "./recording.ts";
import type { Replay } from "./replay.ts";
import { contentOf } from "./schedule.ts";
import type { Company } from "./side.ts";

type Positions = Readonly<Record<string, number>>;

export class Diary {
  /** The last message that came and was not deleted then. */
  last: string | undefined;
  readonly #company: Company;
  /** What was seen since the last fresh start, by room. */
  readonly #seen = new Map<string, Set<number>>();
  #replay: Replay | undefined;

  constructor(company: Company) {
    this.#company = company;
  }

  /** Back, at these positions: how long until everything is there? Without them, nobody asks. */
  return(positions?: Positions): void {
    this.#replay = positions && this.#company.replays.begin(positions);
  }

  restart(): void {
    this.#seen.clear();
    this.#company.record({ type: "restarted" });
  }

  follow(before: Positions, streams: Positions): void {
    for (const stream of Object.keys(before)) {
      if (!(stream in streams)) this.#company.record({ type: "unfollowed", stream });
    }
    for (const [stream, after] of Object.entries(streams)) {
      if (!(stream in before)) this.#company.record({ type: "followed", stream, after });
    }
  }

  /** Messages that came as part of a whole. */
  page(messages: readonly Message[]): void {
    for (const message of messages) {
      if (this.#seen.get(message.roomId)?.has(message.seq)) continue;
      this.#saw("page", `room:${message.roomId}`, message.seq, message);
    }
  }

  event(stream: string, seq: number, message?: Message): void {
    this.#saw("event", stream, seq, message);
  }

  #saw(by: "event" | "page", stream: string, seq: number, message?: Message): void {
    if (message) {
      const room = this.#seen.get(message.roomId) ?? new Set();
      this.#seen.set(message.roomId, room.add(message.seq));
      if (message.deletedAt === undefined) this.last = message.id;
    }
    this.#company.record({
      type: "saw",
      stream,
      seq,
      by,
      ...(message ? { message: seen(message) } : {}),
    });
    this.#company.replays.saw(stream, seq);
    this.#replay?.reached(stream, seq);
  }
}

/** A message as it was when it was said: what became of it since is in events of their own. */
export function seen(message: Message | DirectMessage): Seen {
  const { id, senderId, commandId, content, editedAt, deletedAt } = message;
  assert.ok(commandId, "every message has the key it was sent under");
  const isChanged = editedAt !== undefined || deletedAt !== undefined;
  return { id, senderId, commandId, content: isChanged ? contentOf(commandId) : content };
}
