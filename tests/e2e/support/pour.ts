// A request whose body has no announced length and no end in sight.

import { request } from "node:http";
import type { Running } from "./service.ts";

const CHUNK = Buffer.alloc(32 * 1024, " ");

/** How a request was answered, and how much of its body had gone out by then. */
export interface Poured {
  status: number;
  /** The code of the refusal, if it is one. */
  code: string | undefined;
  sent: number;
}

/** What is to be sent, and whether the body ends after it. */
export interface Pouring {
  headers?: Record<string, string>;
  bytes: number;
  ends?: boolean;
}

/**
 * Sends `bytes` in chunks, as fast as they are taken, until it is answered. `undefined` if the line was cut before the
 * answer could be read: who goes on sending what nobody takes in may be cut off.
 */
export function pour(
  running: Running,
  method: string,
  path: string,
  { headers = {}, bytes, ends = false }: Pouring,
): Promise<Poured | undefined> {
  const url = new URL(`/api/${path}`, running.base);
  return new Promise((resolve) => {
    const asked = request(url, {
      method,
      headers: { ...headers, "transfer-encoding": "chunked" },
      agent: false,
    });
    let sent = 0;
    let isOver = false;
    const settle = (answer: Poured | undefined) => {
      isOver = true;
      resolve(answer);
      asked.destroy();
    };
    asked.on("error", () => settle(undefined));
    asked.on("response", (response) => {
      isOver = true;
      let text = "";
      response.on("data", (part: Buffer) => {
        text += part.toString();
      });
      response.on("error", () => settle(undefined));
      response.on("end", () => {
        const status = response.statusCode ?? 0;
        const code = status >= 400 ? (JSON.parse(text) as { code: string }).code : undefined;
        settle({ status, code, sent });
      });
    });
    const write = () => {
      while (!isOver && sent < bytes) {
        sent += CHUNK.length;
        if (!asked.write(CHUNK)) {
          asked.once("drain", write);
          return;
        }
      }
      if (ends && !isOver) asked.end();
    };
    write();
  });
}
