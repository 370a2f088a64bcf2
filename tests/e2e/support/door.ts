// A Worker beside the one under test that asks the archive, on a port of its own.
//
// Miniflare's own way to a database stops this process until the runtime has answered. While it
// stands still, nobody reads what the runtime logs; under load the pipe between them fills, the
// runtime waits for it to be read, and neither ever goes on.

import type { V4WorkerOptions } from "miniflare";
import type { Binding } from "./database.ts";

type Value = string | number | null;

/** What is asked: a statement and its values. */
export interface Question {
  sql: string;
  values: Value[];
}

export const DOOR: V4WorkerOptions = {
  name: "door",
  modules: true,
  script: `export default {
    async fetch(request, env) {
      const { sql, values } = await request.json();
      const { results } = await env.DB.prepare(sql).bind(...values).all();
      return Response.json(results);
    },
  };`,
  d1Databases: ["DB"],
  unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
};

/** The database behind a door, as a binding. `ask` takes a question and gives its rows. */
export function through(ask: (question: Question) => Promise<unknown[]>): Binding {
  return {
    prepare: (sql) => {
      const statement = (values: Value[]) => ({
        bind: (...values: Value[]) => statement(values),
        run: () => ask({ sql, values }),
        all: async <Row>() => ({ results: (await ask({ sql, values })) as Row[] }),
      });
      return statement([]);
    },
  };
}

/** Asks a door that listens at `url`. */
export const askAt =
  (url: URL) =>
  async (question: Question): Promise<unknown[]> => {
    const response = await fetch(url, { method: "POST", body: JSON.stringify(question) });
    if (!response.ok) throw new Error(`the archive: ${response.status} ${await response.text()}`);
    return (await response.json()) as unknown[];
  };
