// What a system has to offer to be put through the faults.

import type { Link } from "./link.ts";
import type { Line } from "./recording.ts";
import type { Replays } from "./replay.ts";
import type { Change } from "./schedule.ts";

/** A system under faults. */
export interface Side {
  readonly name: string;
  readonly port: number;
  /** Ends the process by SIGKILL, and starts it again on what is on disk. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  /** Makes the archive fail, or work again. Absent where there is none. */
  breakArchive?(): Promise<void>;
  mendArchive?(): Promise<void>;
  /** Somebody in a room, who comes by this link. */
  talker(who: number, room: number, link: Link, company: Company): Promise<Talker>;
  /** Everybody is in their room, and nothing has gone wrong yet. */
  begin?(): Promise<void>;
  /** What else must hold in the end; rejects if it does not. Gives lines about it. */
  verify?(): Promise<string[]>;
  stop(): Promise<void>;
}

/** What talkers of a run share. */
export interface Company {
  /** Where this client records. */
  record(line: Line): void;
  replays: Replays;
  counts: Counts;
}

/** How often things happened, over everybody. */
export interface Counts {
  /** Connections that went on where the last one was. */
  resumed: number;
  /** Connections that began afresh. */
  fresh: number;
  polled: number;
}

/** Somebody who talks, and whose client does by itself what a good client does. */
export interface Talker {
  /** Begins, and resolves when they are in their room. */
  join(): Promise<void>;
  /** Says something under a key, twice at once if so asked, to the room or to everybody. */
  say(key: string, content: string, everywhere: boolean, twice: boolean): void;
  /** Changes a message that they know, under a key; nothing where there is none. Absent where nothing can be changed. */
  change?(key: string, what: Change): void;
  /**
   * Says something to one person, or changes such a message that they know; nothing where there is none. Absent where
   * that cannot be done.
   */
  whisper?(key: string, content: string, to: number, what: "say" | Change): void;
  /** Keeps what is to be sent, and forgets what was seen. */
  reload(): void;
  /** Whether WebSockets get through. */
  setPolling(isPolling: boolean): void;
  /** Resolves when all that they said has an outcome. */
  settled(): Promise<void>;
  /** Resolves when all that was said to them is there. Everybody has settled before. */
  caughtUp(): Promise<void>;
  stop(): void;
}
