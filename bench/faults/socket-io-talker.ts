// Somebody at Socket.IO, as its documentation has them: its own client does all there is to do.

import type { Replay } from "../../tests/chaos/replay.ts";
import type { Company, Talker } from "../../tests/chaos/side.ts";
import { until } from "../../tests/e2e/support/wait.ts";

/** What is used of its client. */
export interface Client {
  readonly recovered: boolean;
  readonly connected: boolean;
  auth: { room: string; serverOffset: number };
  readonly io: { engine: { close(): void }; opts: { transports: string[] } };
  on(event: string, listener: (...args: never[]) => void): void;
  emit(event: string, ...args: unknown[]): void;
  timeout(ms: number): Pick<Client, "emit">;
  disconnect(): void;
  removeAllListeners(): void;
}

export type Connect = (url: string, options: object) => Client;

/** How long nothing may come until nothing will. */
const QUIET_MS = 3_000;
const SETTLED_WITHIN_MS = 120_000;
/** Without the recipe nothing is sent again: how long an answer is waited for. */
const ANSWER_WITHIN_MS = 10_000;

export class Answerer implements Talker {
  readonly #who: string;
  readonly #room: string;
  readonly #open: (serverOffset: number) => Client;
  readonly #company: Company;
  readonly #isRetrying: boolean;
  readonly #positions = new Map<string, number>();
  readonly #waiting = new Set<string>();
  #client: Client | undefined;
  #replay: Replay | undefined;
  #lastCame = performance.now();

  constructor(
    who: string,
    room: string,
    open: (serverOffset: number) => Client,
    company: Company,
    isRetrying: boolean,
  ) {
    this.#who = who;
    this.#room = room;
    this.#open = open;
    this.#company = company;
    this.#isRetrying = isRetrying;
  }

  async join(): Promise<void> {
    this.#company.record({ type: "client", participant: this.#who });
    for (const stream of ["main", this.#room]) this.#company.record({ type: "entitled", stream });
    this.#begin();
    await until(`${this.#who} is connected`, () => this.#client?.connected);
  }

  say(key: string, content: string, everywhere: boolean, twice: boolean): void {
    const to = everywhere ? "main" : this.#room;
    for (let times = twice ? 2 : 1; times > 0; times -= 1) {
      this.#waiting.add(key);
      this.#company.record({ type: "sent", commandId: key, content, streams: [to] });
      const answered = (error: unknown) => {
        this.#waiting.delete(key);
        if (error) this.#company.record({ type: "failed", commandId: key, reason: String(error) });
        else this.#company.record({ type: "acked", commandId: key, rev: 0, duplicate: true });
      };
      // With retries, the first argument of the answer is the error, as with a timeout.
      const sender = this.#isRetrying ? this.#client : this.#client?.timeout(ANSWER_WITHIN_MS);
      sender?.emit(
        "message",
        `${this.#who} ${key} ${content}`,
        `${this.#who} ${key}`,
        to,
        answered,
      );
    }
  }

  reload(): void {
    this.#client?.removeAllListeners();
    this.#client?.disconnect();
    // What was waiting was in memory.
    for (const commandId of this.#waiting) {
      this.#company.record({ type: "failed", commandId, reason: "reloaded" });
    }
    this.#waiting.clear();
    this.#positions.clear();
    this.#company.record({ type: "restarted" });
    this.#begin();
  }

  setPolling(isPolling: boolean): void {
    const client = this.#client;
    if (!client) return;
    client.io.opts.transports = [isPolling ? "polling" : "websocket"];
    if (isPolling) this.#company.counts.polled += 1;
    client.io.engine.close();
  }

  async settled(): Promise<void> {
    const what = `${this.#who} has all answers that will come`;
    await until(what, () => this.#waiting.size === 0, SETTLED_WITHIN_MS);
  }

  /** Nothing says what is missing: it is over when nothing comes any more. */
  async caughtUp(): Promise<void> {
    this.#lastCame = performance.now();
    const isQuiet = () => performance.now() - this.#lastCame > QUIET_MS;
    await until(`nothing comes for ${this.#who}`, isQuiet, SETTLED_WITHIN_MS);
  }

  stop(): void {
    this.#client?.disconnect();
  }

  #begin(): void {
    const client = this.#open(0);
    this.#client = client;
    client.on("connect", () => {
      this.#company.counts[client.recovered ? "resumed" : "fresh"] += 1;
      const held = (stream: string) => [stream, this.#positions.get(stream) ?? 0];
      this.#replay = this.#company.replays.begin(
        Object.fromEntries(["main", this.#room].map(held)) as Record<string, number>,
      );
    });
    client.on("message", (text: string, stream: string, seq: number) => {
      client.auth.serverOffset = seq;
      this.#lastCame = performance.now();
      const [senderId = "", commandId = "", ...content] = text.split(" ");
      const message = { id: `${seq}`, senderId, commandId, content: content.join(" ") };
      this.#company.record({ type: "saw", stream, seq, by: "event", message });
      this.#company.replays.saw(stream, seq);
      this.#replay?.reached(stream, seq);
      this.#positions.set(stream, Math.max(seq, this.#positions.get(stream) ?? 0));
    });
  }
}
