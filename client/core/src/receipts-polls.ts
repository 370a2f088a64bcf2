import type { Clock } from "./environment.ts";
import type { Receipts, RoomId } from "./generated/protocol.ts";
import type { SessionState } from "./state/index.ts";
import { deliveryOf } from "./state/receipts.ts";

/** How often is asked what became of what one said, while there is no socket that tells it. Milliseconds. */
export const ASK_EVERY_MS = 5_000;

/** For how long after somebody said something, as over a socket. Milliseconds. */
const TOLD_FOR_MS = 10 * 60 * 1000;

/** What these polls ask of, and tell, the one who holds them. */
export interface ReceiptsOwner {
  state(): SessionState;
  /** The time by the server's clock, milliseconds since the epoch. */
  serverNow(): number;
  ask(room: RoomId): Promise<Receipts>;
  told(receipts: Receipts): void;
}

/** Asks by HTTP for the receipts that a socket brings by itself. */
export class ReceiptsPolls {
  readonly #clock: Clock;
  readonly #owner: ReceiptsOwner;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, owner: ReceiptsOwner) {
    this.#clock = clock;
    this.#owner = owner;
  }

  start(): void {
    this.#cancel ??= this.#clock.after(ASK_EVERY_MS, () => this.#ask());
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #ask(): void {
    this.#cancel = undefined;
    this.start();
    for (const room of this.#rooms()) {
      // One that fails is made up for by the next.
      this.#owner.ask(room).then(
        (receipts) => this.#cancel && this.#owner.told(receipts),
        () => {},
      );
    }
  }

  /** The rooms in which one said something lately that not all have read. */
  #rooms(): RoomId[] {
    const state = this.#owner.state();
    const since = this.#owner.serverNow() - TOLD_FOR_MS;
    return Object.entries(state.messages).flatMap(([room, { items }]) => {
      const own = items.findLast(({ senderId }) => senderId === state.selfId);
      const isOfInterest =
        own !== undefined && own.createdAt > since && deliveryOf(state, own).state !== "read";
      return isOfInterest ? [room] : [];
    });
  }
}
