// How large the Worker is, and how long a fresh runtime takes to its first answer.

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { at } from "../scripts/lib/project.mjs";
import { Server } from "./server.ts";
import { flagshipCommand } from "./targets.ts";

export interface StartUp {
  wasmBytes: number;
  wasmGzippedBytes: number;
  /** Milliseconds to the first answer of a fresh runtime; medians. */
  first: number;
  /** … and to the second. */
  second: number;
}

const STARTS = 5;

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;

export async function measureStartUp(): Promise<StartUp> {
  const wasm = readFileSync(at("build", "index_bg.wasm"));
  const [first, second]: [number[], number[]] = [[], []];
  for (let start = 0; start < STARTS; start += 1) {
    const server = await Server.start(flagshipCommand({}));
    for (const times of [first, second]) {
      const began = performance.now();
      // Answered by the Worker alone: no object and no database has a part in it.
      await (await fetch(new URL("/api/openapi.json", server.base))).text();
      times.push(performance.now() - began);
    }
    await server.stop();
  }
  return {
    wasmBytes: wasm.length,
    wasmGzippedBytes: gzipSync(wasm, { level: 9 }).length,
    first: median(first),
    second: median(second),
  };
}
