// A client that follows a session by long polls alone.

import assert from "node:assert/strict";
import type { EventsPage, ServerFrame } from "../../../client/core/src/generated/protocol.ts";
import { Api } from "./api.ts";
import { Recorder } from "./recorder.ts";
import type { Running } from "./service.ts";
import type { Person } from "./tokens.ts";
import { View } from "./view.ts";

export class Poller {
  readonly view = new View();
  readonly frames = new Recorder<ServerFrame>("frame");
  cursor: string | undefined;
  readonly #api: Api;
  readonly #session: string;
  #polling: Promise<void> | undefined;
  #abort = new AbortController();

  constructor(service: Running, session: string, who: Person) {
    this.#api = new Api(service, who);
    this.#session = session;
  }

  /** Asks once. */
  async poll(signal?: AbortSignal): Promise<EventsPage> {
    const cursor = this.cursor === undefined ? "" : `?cursor=${encodeURIComponent(this.cursor)}`;
    const path = `sessions/${this.#session}/events${cursor}`;
    const answer = await this.#api.get<EventsPage>(path, signal ? { signal } : {});
    assert.equal(answer.status, 200, answer.text);
    for (const frame of answer.body.frames) {
      this.view.apply(frame);
      this.frames.push(frame);
    }
    this.cursor = answer.body.cursor;
    return answer.body;
  }

  /** Goes on asking until `stop`. */
  start(): void {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    const loop = async () => {
      while (!signal.aborted) await this.poll(signal);
    };
    this.#polling = loop().catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }

  /** Stops asking; rejects if asking had failed. */
  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#polling;
  }
}
