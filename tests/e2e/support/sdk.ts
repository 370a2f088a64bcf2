// The SDK as a page uses it, in this process: on Node's own sockets and fetch, with a network that can be broken.

import {
  createFlagshipClient,
  type FlagshipClient,
  type SessionClient,
  type SessionState,
  type Socket,
} from "../../../client/core/src/index.ts";
import type { Running } from "./service.ts";
import type { Person } from "./tokens.ts";
import { DEADLINE_MS } from "./wait.ts";

export class Sdk {
  readonly client: FlagshipClient;
  readonly session: SessionClient;
  /** Whether nothing gets through, by whichever way. */
  isOffline = false;
  /** Whether new sockets get nowhere. */
  isBlocked = false;
  readonly #sockets = new Set<WebSocket>();
  #wake = () => {};

  constructor(service: Running, session: string, { token }: Person) {
    this.client = createFlagshipClient({
      url: service.base.origin,
      getToken: () => token,
      environment: {
        // Quick, and never at once: what is tried again waits a tenth of the longest delay.
        random: () => 0.1,
        fetch: (url, init) =>
          this.isOffline ? Promise.reject(new TypeError("offline")) : fetch(url, init),
        openSocket: (url, protocols) => this.#open(url, protocols),
        onWake: (callback) => {
          this.#wake = callback;
          return () => {};
        },
      },
    });
    this.session = this.client.session(session);
    this.session.connect();
  }

  get state(): SessionState {
    return this.session.store.getState();
  }

  /** What is said in main, in the order in which it is shown. */
  get said(): string[] {
    return this.state.messages.main?.items.map(({ content }) => content) ?? [];
  }

  /**
   * How far main is known without a hole: one's own messages are there as soon as they are acknowledged, and what others
   * said before may still be on its way.
   */
  get reached(): number {
    const seqs = this.state.messages.main?.items.map(({ seq }) => seq) ?? [];
    const hole = seqs.findIndex((seq, index) => index > 0 && seq !== (seqs[index - 1] ?? 0) + 1);
    return (hole < 0 ? seqs.at(-1) : seqs[hole - 1]) ?? 0;
  }

  /** All that was ever said in main, page by page. */
  async everything(): Promise<string[]> {
    while (this.state.messages.main?.older) await this.session.loadOlder("main");
    return this.said;
  }

  /** Cuts the socket in use, and lets no other through until `restore`. */
  block(): void {
    this.isBlocked = true;
    this.cut();
  }

  restore(): void {
    this.isBlocked = false;
  }

  /** Cuts everything, and lets nothing through until `online`. */
  offline(): void {
    this.isOffline = true;
    this.cut();
  }

  online(): void {
    this.isOffline = false;
    this.#wake();
  }

  /** The device says that the network is back, or somebody looks at the page again. */
  wake(): void {
    this.#wake();
  }

  cut(): void {
    for (const socket of this.#sockets) socket.close();
  }

  say(content: string): Promise<unknown> {
    return this.session.commands.sendMessage("main", content);
  }

  /** Waits until the state is like this. */
  until(what: string, holds: (state: SessionState) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        unsubscribe();
        const { connection, statistics, breaker } = this.state;
        const seen = JSON.stringify({ connection, statistics, breaker, said: this.said.length });
        reject(new Error(`not within ${DEADLINE_MS} ms: ${what}; ${seen}`));
      }, DEADLINE_MS);
      const look = () => {
        if (!holds(this.state)) return;
        clearTimeout(timer);
        unsubscribe();
        resolve();
      };
      const unsubscribe = this.session.store.subscribe(look);
      look();
    });
  }

  is(phase: SessionState["connection"]["phase"]): Promise<void> {
    return this.until(`the connection is ${phase}`, ({ connection }) => connection.phase === phase);
  }

  #open(url: string, protocols: string[]): Socket {
    // Nobody listens there.
    if (this.isBlocked || this.isOffline)
      return new WebSocket("ws://127.0.0.1:1/", protocols) as Socket;
    const socket = new WebSocket(url, protocols);
    this.#sockets.add(socket);
    socket.addEventListener("close", () => this.#sockets.delete(socket));
    return socket as Socket;
  }
}
