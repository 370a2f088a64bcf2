// A client that follows a session by a stream of events, read by hand.

import assert from "node:assert/strict";
import type { ServerFrame } from "../../../client/core/src/generated/protocol.ts";
import { Recorder } from "./recorder.ts";
import type { Running } from "./service.ts";
import type { Person } from "./tokens.ts";
import { View } from "./view.ts";

export class Streamer {
  readonly view: View;
  readonly frames = new Recorder<ServerFrame>("frame");
  readonly comments = new Recorder<string>("comment");
  /** Resolves when the other end has ended the stream; rejects never. */
  readonly ended: Promise<void>;
  /** The id that came last. */
  cursor: string | undefined;
  /** What `retry` said, in milliseconds. */
  retry: number | undefined;
  readonly #abort: AbortController;

  private constructor(body: ReadableStream<Uint8Array>, abort: AbortController, view: View) {
    this.#abort = abort;
    this.view = view;
    this.ended = this.#read(body).catch(() => undefined);
  }

  /** Begins to follow; `from` an earlier one, where that had got to. */
  static async open(
    service: Running,
    session: string,
    who: Pick<Person, "token">,
    from?: Streamer,
  ): Promise<Streamer> {
    const abort = new AbortController();
    const headers = new Headers({
      accept: "text/event-stream",
      authorization: `Bearer ${who.token}`,
      ...(from?.cursor === undefined ? {} : { "last-event-id": from.cursor }),
    });
    const url = new URL(`/api/sessions/${session}/events`, service.base);
    const response = await fetch(url, { headers, signal: abort.signal });
    assert.equal(response.status, 200, response.status === 200 ? "" : await response.text());
    assert.equal(response.headers.get("content-type"), "text/event-stream");
    assert.ok(response.body);
    return new Streamer(response.body, abort, from?.view ?? new View());
  }

  /** Hangs up. */
  async stop(): Promise<void> {
    this.#abort.abort();
    await this.ended;
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let rest = "";
    for await (const bytes of body) {
      const parts = (rest + decoder.decode(bytes, { stream: true })).split("\n\n");
      rest = parts.pop() ?? "";
      for (const part of parts) this.#message(part);
    }
  }

  #message(text: string): void {
    for (const line of text.split("\n")) {
      const colon = line.indexOf(":");
      const value = line.slice(colon + 1).replace(/^ /, "");
      switch (line.slice(0, colon)) {
        case "":
          this.comments.push(value);
          break;
        case "retry":
          this.retry = Number(value);
          break;
        case "id":
          this.cursor = value;
          break;
        case "data":
          for (const frame of JSON.parse(value) as ServerFrame[]) {
            this.view.apply(frame);
            this.frames.push(frame);
          }
          break;
        default:
          throw new Error(`not a line of a stream: ${line}`);
      }
    }
  }
}
