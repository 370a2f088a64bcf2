// The bench: `npm run bench`. What it can be told is in README.md.

import { existsSync } from "node:fs";
import { buildWorker } from "../scripts/build/worker.mjs";
import { at } from "../scripts/lib/project.mjs";
import { run } from "../scripts/lib/run.mjs";
import { line, main, Problem, seconds, warning } from "../scripts/lib/say.mjs";
import { last, save, together } from "./files.ts";
import { build } from "./generator.ts";
import { machine } from "./machine.ts";
import { measure, type Order, type Run } from "./measure.ts";
import { cpuPerMillion, saturated } from "./metrics.ts";
import { type Options, readOptions } from "./options.ts";
import { measureRestore } from "./restore.ts";
import type { Results } from "./results.ts";
import { countRows } from "./rows.ts";
import { measureStartUp } from "./start-up.ts";
import type { Target } from "./targets.ts";

await main(async () => {
  if (process.platform !== "linux") throw new Problem("the bench reads /proc: it needs Linux");
  const options = readOptions(process.argv.slice(2));
  await prepare();
  const about = machine();
  const before = options.add ? last(about) : undefined;
  const takenAt = new Date().toISOString();
  const { runs, failures } = await measureAll(options);
  line("rows, start-up and wake");
  const now: Results = {
    takenAt,
    machine: about,
    seed: options.seed,
    repeats: options.repeats,
    pace: options.pace,
    targets: options.targets.map(({ name, table }) => ({ name, table })),
    shapes: options.shapes,
    sizes: options.sizes,
    rows: await countRows(),
    startUp: await measureStartUp(),
    wakes: await measureRestore(1_000, 10_000),
    runs,
    failures,
  };
  save(before ? together(before, now) : now, options.document);
});

async function prepare(): Promise<void> {
  await buildWorker();
  await build("load");
  await build("peers/socketioxide");
  const peers = at("bench", "peers");
  if (!existsSync(at("bench", "peers", "node_modules"))) {
    await run("npm", ["ci", "--no-audit", "--no-fund", "--legacy-peer-deps"], { cwd: peers });
  }
}

/**
 * What is run, in order. First the generator proves how far it goes by itself; then each repeat
 * goes through all servers, beginning with another one.
 */
function orders({ shapes, sizes, targets, repeats, seed, pace }: Options): Order[] {
  const floors = targets.filter(({ table }) => table === "floor");
  const servers = targets.filter(({ table }) => table !== "floor");
  const each = (inTurn: readonly Target[], repeat: number): Order[] =>
    shapes.flatMap((shape) =>
      sizes.flatMap((size) =>
        inTurn.map((target) => ({ target, shape, size, repeat, seed: seed + repeat, pace })),
      ),
    );
  const later = Array.from({ length: repeats }, (_, repeat) => {
    const turn = repeat % Math.max(1, servers.length);
    return each([...servers.slice(turn), ...servers.slice(0, turn)], repeat);
  });
  return [...each(floors, 0), ...later.flat()];
}

async function measureAll(options: Options): Promise<{ runs: Run[]; failures: string[] }> {
  const [runs, failures]: [Run[], string[]] = [[], []];
  const all = orders(options);
  for (const [done, order] of all.entries()) {
    const name = `${order.target.name}, ${order.shape.name}, ${order.size} bytes`;
    const began = performance.now();
    try {
      const run = await measure(order);
      runs.push(run);
      const rate = saturated(run.report)?.deliveriesPerSecond.toFixed(0);
      const cost = cpuPerMillion.of(run.report)?.toFixed(2);
      const took = seconds(performance.now() - began);
      line(
        `[${done + 1}/${all.length}] ${name}: ${rate} deliveries/s, ${cost} CPU s a million (${took})`,
      );
    } catch (error) {
      // A peer that fails must not take the hours of all the others with it.
      const failure = `${name}: ${error instanceof Error ? error.message : error}`;
      failures.push(failure);
      warning(failure);
    }
  }
  return { runs, failures };
}
