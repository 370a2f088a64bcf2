// What a bench has found, and its telling as Markdown.

import { budgets } from "./budgets.ts";
import { type Cost, millionMessages, PRICES, sessionHour } from "./cost.ts";
import type { Machine } from "./machine.ts";
import { saturated, summarise } from "./metrics.ts";
import type { Pace } from "./options.ts";
import type { Wake } from "./restore.ts";
import type { Rows } from "./rows.ts";
import type { StartUp } from "./start-up.ts";
import { type Measured, markdown, reportsOf, tables } from "./tables.ts";

export interface Results extends Measured {
  /** When it began: ISO 8601. */
  takenAt: string;
  machine: Machine;
  seed: number;
  repeats: number;
  pace: Pace;
  rows: { saturated: Rows; moderate: Rows };
  startUp: StartUp;
  wakes: Wake[];
  /** Runs that failed, and how. */
  failures: string[];
}

/** All of it, as Markdown. */
export function telling(results: Results): string {
  return [
    setting(results),
    "## Budgets",
    budgets(results),
    "## Figures",
    tables(results),
    "## Rows, start-up and wake",
    others(results),
    "## What it costs",
    costs(results),
  ].join("\n\n");
}

function setting({ takenAt, machine, seed, repeats, pace, failures }: Results): string {
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`);
  const lines = [
    `Taken at ${takenAt} at commit ${machine.commit}: ${machine.cpu}, ${machine.cores} cores, ` +
      `${machine.memoryGiB} GiB, ${machine.system}. Load before the bench: ${machine.loadBefore.toFixed(2)}.`,
    `Repeats: ${repeats} or more, interleaved, seed ${seed}; each server had ${pace.moderate} s at moderate load ` +
      `(two messages a second a room), ${pace.saturated} s at saturation and ${pace.rung} s a rung. ` +
      "Medians, and in parentheses the range of the repeats.",
    versions.join(" · "),
  ];
  if (failures.length > 0) lines.push(`Failed: ${failures.join("; ")}`);
  return lines.join("\n\n");
}

function others({ rows, startUp, wakes }: Results): string {
  const kib = (bytes: number) => `${Math.ceil(bytes / 1_024)} KiB`;
  const rowLine = (name: string, { object, alarms, database, total, messages }: Rows) => [
    name,
    ...[object, alarms, database, total].map((value) => value.toFixed(3)),
    String(messages),
  ];
  return [
    markdown([
      ["rows per message", "object", "alarms", "D1", "together", "messages counted"],
      rowLine("saturated, 50 people", rows.saturated),
      rowLine("two a second, 50 people", rows.moderate),
    ]),
    markdown([
      ["wake, 1,000 people and 10,000 entries", "awake ms", "waking ms", "the wake ms"],
      ...wakes.map(({ request, awake, waking }) => [
        request,
        ...[awake, waking, waking - awake].map((time) => time.toFixed(1)),
      ]),
    ]),
    `The wasm is ${kib(startUp.wasmBytes)}, gzipped ${kib(startUp.wasmGzippedBytes)}. A fresh ` +
      `runtime gives its first answer after ${startUp.first.toFixed(0)} ms and its second after ` +
      `${startUp.second.toFixed(1)} ms.`,
  ].join("\n\n");
}

const price = (value: number) => `$${value.toFixed(2)}`;

const dollars = (value: number) => `$${value.toFixed(value < 0.1 ? 4 : 2)}`;

function costs({ runs, rows }: Results): string {
  const line = (what: string, { requests, rows: written, duration, total }: Cost) => [
    what,
    ...[requests, written, duration, total].map(dollars),
  ];
  const lines = [
    line("a million messages, one a second", millionMessages(1, rows.moderate)),
    line("a million messages, ten a second", millionMessages(10, rows.moderate)),
  ];
  const rate = summarise(
    { title: "", digits: 0, of: (report) => saturated(report)?.messagesPerSecond },
    reportsOf(runs, "flagship", "1x50", 64),
  );
  if (rate) {
    const what = `a million messages, ${Math.round(rate.median)} a second (saturated, 50 people)`;
    lines.push(line(what, millionMessages(rate.median, rows.saturated)));
  }
  for (const [people, messages] of [
    [50, 600],
    [1_000, 7_200],
  ] as const) {
    const what = `an hour of ${people.toLocaleString("en")} people and ${messages} messages`;
    lines.push(line(what, sessionHour(people, messages, rows.moderate)));
  }
  return [
    markdown([["", "requests", "rows", "duration", "together"], ...lines]),
    `List prices: ${price(PRICES.objectRequests)} for a million requests to an object ` +
      `(${PRICES.messagesPerRequest} messages coming in are one, those going out are free), ` +
      `${price(PRICES.duration)} for a million GB-s at ${PRICES.memory} GB, ${price(PRICES.objectRows)} for a ` +
      `million rows written in an object and ${price(PRICES.databaseRows)} in D1, ` +
      `${price(PRICES.workerRequests)} for a million requests to the Worker; each beyond what the paid ` +
      "plan includes. Duration is the most that it can be: the object never at rest. Sources and " +
      "date are in `bench/cost.ts`.",
  ].join("\n\n");
}
