import type { Clock } from "./environment.ts";
import { asFlagshipError, FlagshipError } from "./errors.ts";
import {
  type EventsPage,
  LIMITS,
  type Resume,
  type ServerFrame,
  type SessionId,
} from "./generated/protocol.ts";
import { type Http, pathOf } from "./http.ts";

/** How long the answer to a poll may take: the server's own wait, and the way there and back. Milliseconds. */
export const POLL_WITHIN_MS = LIMITS.longPollMs + 10_000;

/** Pause after something was told, so that what is said at once comes at once. Milliseconds. */
export const GATHER_MS = 150;

/** What a polling asks of, and tells, the one who holds it. */
export interface PollingOwner {
  /** What is held already, for the first question. */
  resume(): Resume | undefined;
  /**
   * An answer came; the first comes at once, and may have no frames. `rev`: the position in the journal up to which
   * everything has been told with it.
   */
  page(frames: ServerFrame[], rev: number): void;
  /** No answer came, or a refusal. It has ended then. */
  failed(error: FlagshipError): void;
}

/** Follows a session by one request after another, until it is stopped or fails. */
export class Polling {
  readonly #path: string;
  readonly #http: Http;
  readonly #clock: Clock;
  readonly #owner: PollingOwner;
  readonly #abort = new AbortController();
  /** Whether an answer has come. */
  isAnswered = false;
  #askedAt = 0;
  #endPause = () => {};

  constructor(session: SessionId, http: Http, clock: Clock, owner: PollingOwner) {
    this.#path = `${pathOf(session)}/events`;
    this.#http = http;
    this.#clock = clock;
    this.#owner = owner;
    void this.#follow();
  }

  /** Whether the server would have answered by now. */
  get isOverdue(): boolean {
    return this.#clock.now() - this.#askedAt > LIMITS.longPollMs;
  }

  /** Asks on without a pause: this client has changed something itself, and waits for the events of it. */
  hurry(): void {
    this.#endPause();
  }

  /** Asks no more, and takes no answer to what was asked. */
  stop(): void {
    this.#abort.abort();
  }

  async #follow(): Promise<void> {
    const { signal } = this.#abort;
    let cursor: string | undefined;
    try {
      while (!signal.aborted) {
        const page = await this.#ask(cursor);
        if (signal.aborted) return;
        cursor = page.cursor;
        this.isAnswered = true;
        // A service from before positions were told: what it tells is taken for all that there is.
        this.#owner.page(page.frames, page.rev ?? Number.MAX_SAFE_INTEGER);
        if (page.frames.length > 0) await this.#pause();
      }
    } catch (thrown) {
      if (!signal.aborted) this.#owner.failed(asFlagshipError(thrown, "network"));
    }
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#clock.after(GATHER_MS, resolve);
      this.#endPause = () => {
        cancel();
        resolve();
      };
    });
  }

  async #ask(cursor: string | undefined): Promise<EventsPage> {
    this.#askedAt = this.#clock.now();
    const page = await this.#http.request<EventsPage>({
      method: "GET",
      path: this.#path + this.#query(cursor),
      tries: 1,
      within: POLL_WITHIN_MS,
      signal: this.#abort.signal,
    });
    if (Array.isArray(page?.frames) && typeof page.cursor === "string") return page;
    throw new FlagshipError("network", "The service gave an answer that cannot be read.", {
      retryable: true,
    });
  }

  #query(cursor: string | undefined): string {
    if (cursor !== undefined) return `?${new URLSearchParams({ cursor })}`;
    const resume = this.#owner.resume();
    return resume ? `?${new URLSearchParams({ resume: JSON.stringify(resume) })}` : "";
  }
}
