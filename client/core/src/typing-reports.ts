import type { ParticipantId, RoomId, Typing } from "./generated/protocol.ts";
import { directStream } from "./streams.ts";

/** Least time between two words of writing that are sent. Milliseconds. */
const EVERY_MS = 3_000;

/** Says that the person is writing, however often it is told so, every three seconds at most. */
export class TypingReports {
  readonly #now: () => number;
  readonly #send: (typing: Typing) => boolean;
  /** To whom and when it was said last. */
  #said = { to: "", at: Number.NEGATIVE_INFINITY };

  /** @param send says whether there was a way to send it */
  constructor(now: () => number, send: (typing: Typing) => boolean) {
    this.#now = now;
    this.#send = send;
  }

  /** The person is writing in a room. */
  inRoom(roomId: RoomId): void {
    this.#say(roomId, { roomId });
  }

  /** The person is writing to one other. */
  directly(participantId: ParticipantId): void {
    this.#say(directStream(participantId), { participantId });
  }

  #say(to: string, typing: Typing): void {
    const at = this.#now();
    const said = this.#said;
    if (said.to === to && at - said.at < EVERY_MS) return;
    if (this.#send(typing)) this.#said = { to, at };
  }
}
