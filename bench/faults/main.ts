// Flagship and Socket.IO through the same faults, side by side: see bench/README.md.

import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { at } from "../../scripts/lib/project.mjs";
import { run } from "../../scripts/lib/run.mjs";
import { main } from "../../scripts/lib/say.mjs";
import { drive, type Outcome } from "../../tests/chaos/drive.ts";
import { Flagship } from "../../tests/chaos/flagship.ts";
import { count, type Figures } from "../../tests/chaos/judge.ts";
import type { Side } from "../../tests/chaos/side.ts";
import { putInto } from "../files.ts";
import { rank } from "./rank.ts";
import { SocketIo } from "./socket-io.ts";

interface Row {
  name: string;
  outcome: Outcome;
  figures: Figures;
}

await main(async () => {
  const { values } = parseArgs({
    options: {
      seconds: { type: "string", default: "60" },
      rooms: { type: "string", default: "10" },
      people: { type: "string", default: "20" },
      document: { type: "boolean", default: false },
    },
  });
  const shape = {
    seed: Number(process.env.SEED ?? 1),
    rooms: Number(values.rooms),
    people: Number(values.people),
    seconds: Number(values.seconds),
  };
  if (!existsSync(at("bench", "peers", "node_modules", "socket.io-client"))) {
    await run("npm", ["ci", "--no-audit", "--no-fund"], { cwd: at("bench", "peers") });
  }
  const sides = [
    () => Flagship.start(shape.rooms),
    () => SocketIo.start("stored"),
    () => SocketIo.start("recovery"),
  ];
  const rows: Row[] = [];
  for (const start of sides) {
    const side: Side = await start();
    try {
      console.log(`${side.name}: ${shape.seconds} s …`);
      const file = at("target", "chaos", `${side.name.replaceAll(/\W+/g, "-")}.jsonl`);
      const outcome = await drive(side, shape, file);
      if (side instanceof SocketIo) rank(file);
      rows.push({ name: side.name, outcome, figures: count(file) });
    } finally {
      await side.stop();
    }
  }
  const { acts } = (rows[0] as Row).outcome;
  const text = [
    `${shape.rooms} rooms × ${shape.people} people, ${shape.seconds} s, seed ${shape.seed}: ${acts.say + acts.unheard} messages, ${acts.kill} × \`kill -9\`, ${acts.cut} cuts of two seconds, ${acts.unheard} lost answers, ${acts.reload} reloads, ${acts.polling} times to long polls and back.`,
    "",
    "| | delivered | lost | doubled | out of order | never settled | went on where they were | replay p50 / p99 |",
    "|---|---|---|---|---|---|---|---|",
    ...rows.map(line),
  ].join("\n");
  console.log(`\n${text}`);
  if (values.document) putInto(at("docs", "delivery.md"), "faults", text);
});

function line({ name, outcome, figures }: Row): string {
  const { counts, breaches } = figures;
  const of = (...kinds: string[]) => kinds.reduce((sum, kind) => sum + (breaches[kind] ?? 0), 0);
  const share = (part: number, whole: number) => (whole === 0 ? 0 : (100 * part) / whole);
  const { resumed, fresh } = outcome.counts;
  const { replays } = outcome;
  const cells = [
    name,
    `${share(counts.delivered, counts.expected).toFixed(counts.delivered === counts.expected ? 0 : 2)} %`,
    of("lost"),
    of("doubled"),
    of("reordered"),
    counts.failed + of("unsettled"),
    `${resumed} of ${resumed + fresh}`,
    `${replays.percentile(50).toFixed(0)} / ${replays.percentile(99).toFixed(0)} ms`,
  ];
  return `| ${cells.join(" | ")} |`;
}
