// What the people of a run recorded, as the delivery checker reads it: tests/delivery/src/record.rs.

import { createWriteStream, mkdirSync, type WriteStream } from "node:fs";
import { dirname } from "node:path";
import { finished } from "node:stream/promises";

/** A message as it was seen. */
export interface Seen {
  id: string;
  senderId: string;
  commandId: string;
  content: string;
}

/** A message as it was acknowledged. */
export interface Placed {
  id: string;
  stream: string;
  seq: number;
  content: string;
}

export type Line =
  | { type: "client"; participant: string }
  | { type: "entitled"; stream: string; after?: number }
  | { type: "sent"; commandId: string; content?: string; streams?: string[] }
  | { type: "acked"; commandId: string; rev: number; duplicate: boolean; message?: Placed }
  | { type: "refused"; commandId: string; code: string }
  | { type: "failed"; commandId: string; reason: string }
  | { type: "followed"; stream: string; after: number }
  | { type: "unfollowed"; stream: string }
  | { type: "restarted" }
  | { type: "saw"; stream: string; seq: number; by: "event" | "page"; message?: Seen };

export class Recording {
  readonly file: string;
  readonly #out: WriteStream;

  constructor(file: string) {
    mkdirSync(dirname(file), { recursive: true });
    this.file = file;
    this.#out = createWriteStream(file);
  }

  /** Where one client writes. */
  of(client: string): (line: Line) => void {
    return (line) => {
      this.#out.write(`${JSON.stringify({ client, ...line })}\n`);
    };
  }

  async close(): Promise<void> {
    this.#out.end();
    await finished(this.#out);
  }
}
