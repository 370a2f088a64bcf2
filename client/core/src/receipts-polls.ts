import type { Clock } from "./environment.ts";
import type { ParticipantId, Receipts, RoomId } from "./generated/protocol.ts";
import type { SessionState } from "./state/index.ts";
import { deliveryOf, directDeliveryOf } from "./state/receipts.ts";

/** How often is asked what became of what one said, while there is no socket that tells it. Milliseconds. */
export const ASK_EVERY_MS = 5_000;

/** For how long after somebody said something, as over a socket. Milliseconds. */
const TOLD_FOR_MS = 10 * 60 * 1000;

/** What these polls ask of, and tell, the one who holds them. */
export interface ReceiptsOwner {
  state(): SessionState;
  /** The time by the server's clock, milliseconds since the epoch. */
  serverNow(): number;
  ask(said: RoomId | { with: ParticipantId }): Promise<Receipts>;
  told(receipts: Receipts): void;
}

/** Asks by HTTP for the receipts that a socket brings by itself, and for those that it does not repeat after a reload. */
export class ReceiptsPolls {
  readonly #clock: Clock;
  readonly #owner: ReceiptsOwner;
  #cancel: (() => void) | undefined;
  #goesOn = false;
  /** Raised when what was asked is of no interest any more. */
  #run = 0;

  constructor(clock: Clock, owner: ReceiptsOwner) {
    this.#clock = clock;
    this.#owner = owner;
  }

  start(): void {
    this.#goesOn = true;
    this.#cancel ??= this.#clock.after(ASK_EVERY_MS, () => this.#ask());
  }

  /** Asks once, soon. `when`: 0 to 1, so that many who come back at once do not ask at once. */
  once(when: number): void {
    this.stop();
    this.#cancel = this.#clock.after(Math.ceil(ASK_EVERY_MS * when), () => this.#ask());
  }

  stop(): void {
    this.#goesOn = false;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#run += 1;
  }

  #ask(): void {
    this.#cancel = undefined;
    if (this.#goesOn) this.start();
    const run = this.#run;
    for (const said of [...this.#rooms(), ...this.#people()]) {
      // One that fails is made up for by the next.
      this.#owner.ask(said).then(
        (receipts) => run === this.#run && this.#owner.told(receipts),
        () => {},
      );
    }
  }

  /** The rooms in which one said something lately that not all have read. */
  #rooms(): RoomId[] {
    const state = this.#owner.state();
    const since = this.#owner.serverNow() - TOLD_FOR_MS;
    return Object.entries(state.messages).flatMap(([room, { items }]) => {
      const isOfInterest = items.some(
        (message) =>
          message.senderId === state.selfId &&
          message.createdAt > since &&
          deliveryOf(state, message).state !== "read",
      );
      return isOfInterest ? [room] : [];
    });
  }

  /** To whom alone one wrote something lately that they have not read. */
  #people(): { with: ParticipantId }[] {
    const state = this.#owner.state();
    const since = this.#owner.serverNow() - TOLD_FOR_MS;
    const unread = (state.own.directMessages ?? []).filter(
      (message) =>
        message.senderId === state.selfId &&
        message.createdAt > since &&
        directDeliveryOf(state, message).state !== "read",
    );
    return [...new Set(unread.map(({ recipientId }) => recipientId))].map((id) => ({ with: id }));
  }
}
