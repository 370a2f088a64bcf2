// What one person wrote and got directly, and what they do with it.
//
// To the delivery checker it is a stream for each person: `direct:ID`, with each message at the number of its id. So a
// message that is missing with one of the two is lost, and one that anybody else is shown is a phantom.

import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type {
  Command,
  DirectMessage,
  DirectMessagesPage,
} from "../../client/core/src/generated/protocol.ts";
import type { Api } from "../e2e/support/api.ts";
import { until } from "../e2e/support/wait.ts";
import { seen } from "./diary.ts";
import type { Placed } from "./recording.ts";
import type { Change } from "./schedule.ts";
import type { Company } from "./side.ts";

const PAGE = 100;
/** How long everything may take to heal. */
export const HEALED_WITHIN_MS = 90_000;

export class Whispers {
  /** The keys of what was acknowledged, and the message's id. */
  readonly acked = new Map<string, string>();
  readonly #who: string;
  readonly #company: Company;
  /** The last one of one's own that was acknowledged, and the last one that came. */
  #mine: string | undefined;
  #last: string | undefined;

  constructor(who: string, company: Company) {
    this.#who = who;
    this.#company = company;
  }

  get stream(): string {
    return streamOf(this.#who);
  }

  /** What is to be done to a message that one has; nothing where there is none. */
  change(key: string, what: Change): Command | undefined {
    const [mine, last] = [this.#mine, this.#last];
    switch (what) {
      case "react":
        if (last === undefined) return;
        return { type: "react_to_message", messageId: last, emoji: "\u{1f44d}", added: true };
      case "edit":
        if (mine === undefined) return;
        return { type: "edit_message", messageId: mine, content: `${key} is what it says` };
      case "delete":
        if (mine === undefined) return;
        this.#mine = undefined;
        return { type: "delete_message", messageId: mine };
    }
  }

  /** What a command says to whom, if that is what it does. */
  sent(command: Command | undefined): { content: string; streams: string[] } | undefined {
    if (command?.type !== "send_direct_message") return;
    return {
      content: command.content,
      streams: [this.stream, streamOf(command.participantId)],
    };
  }

  accepted(key: string, message: DirectMessage): Placed {
    this.#mine = message.id;
    this.acked.set(key, message.id);
    return { ...seen(message), stream: this.stream, seq: numberOf(message) };
  }

  /** Some came, one by one or as part of a whole. */
  saw(messages: Iterable<DirectMessage>): void {
    for (const message of messages) {
      if (message.deletedAt === undefined) this.#last = message.id;
      const [stream, seq] = [this.stream, numberOf(message)];
      this.#company.record({ type: "saw", stream, seq, by: "page", message: seen(message) });
    }
  }

  /**
   * Resolves when what one sees is as it is in all that was said. Whoever began afresh got the newest only, and scrolls
   * back.
   */
  async caughtUp(
    history: readonly DirectMessage[],
    view: () => ReadonlyMap<string, DirectMessage>,
  ): Promise<void> {
    const last = history.at(-1);
    const isSame = () =>
      history.every((message) => {
        const known = view().get(message.id);
        return known ? isDeepStrictEqual(known, message) : message !== last;
      });
    await until(`${this.#who} has what was said directly`, isSame, HEALED_WITHIN_MS);
    const ids = new Set(history.map(({ id }) => id));
    assert.equal(ids.size, history.length, "a message is there twice");
    for (const id of view().keys()) assert.ok(ids.has(id), `${id} is not for ${this.#who}`);
    const own = history.filter(({ senderId }) => senderId === this.#who);
    const places = new Map(own.map(({ commandId, id }) => [commandId, id]));
    assert.equal(places.size, own.length, "a message was said twice");
    for (const [key, id] of this.acked) assert.equal(places.get(key), id, `${key} of ${this.#who}`);
    this.saw(history);
  }
}

/** All that somebody wrote or got directly, oldest first. */
export async function readWhispers(api: Api, session: string): Promise<DirectMessage[]> {
  const pages: DirectMessage[][] = [];
  let before: number | null = null;
  do {
    const query = new URLSearchParams({ limit: String(PAGE) });
    if (before !== null) query.set("before", String(before));
    const page: DirectMessagesPage = await api.read(`sessions/${session}/direct-messages?${query}`);
    assert.ok(page.messages.length <= PAGE, "a page within its limit");
    pages.unshift(page.messages);
    before = page.before;
  } while (before !== null);
  return pages.flat();
}

const streamOf = (who: string) => `direct:${who}`;
const numberOf = ({ id }: DirectMessage) => Number(id.slice(1));
