// The load generator, bench/load: what it is asked and what it answers.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { at } from "../scripts/lib/project.mjs";
import { run } from "../scripts/lib/run.mjs";

/** The same as `src/plan.rs`. */
export interface Plan {
  address: string;
  server: number;
  protocol: "flagship" | "plain" | "plain_acked" | "socket_io" | "socket_io_acked";
  connections: Member[];
  joining: number;
  size: number;
  seed: number;
  phases: Phase[];
}

export interface Member {
  path: string;
  subprotocols?: string;
  room: number;
  roomId?: string;
}

interface Stretch {
  warmUp: number;
  seconds: number;
}

export type Phase =
  | ({ type: "open"; name: string; rate: number } & Stretch)
  | ({ type: "closed"; name: string; underWay: number; warmUpMessages: number } & Stretch)
  | ({ type: "ladder"; shares: number[]; p99Ms: number; arrived: number } & Stretch);

/** The same as `src/report.rs`, where each field is explained. */
export interface Joining {
  seconds: number;
  settledSeconds: number;
  serverCpu: number;
  bytesPerConnection: number;
  memoryPerConnection: number;
}

export interface Report {
  joining: Joining;
  /** The same people once more, all at once: what a restart of the server brings about. */
  returning?: Joining;
  figures: Figures[];
  lost: number;
  memory: number;
}

export interface Percentiles {
  p50: number | null;
  p99: number | null;
  p999: number | null;
  max: number | null;
}

export interface Figures {
  name: string;
  offered: number | null;
  seconds: number;
  messages: number;
  expected: number;
  delivered: number;
  doubled: number;
  reordered: number;
  refused: number;
  messagesPerSecond: number;
  deliveriesPerSecond: number;
  latency: Percentiles;
  settlement: Percentiles;
  slip: Percentiles;
  serverCpuPerMillion: number | null;
  serverCpuShare: number;
  generatorCpuShare: number;
  bytesPerDelivery: number | null;
  framesPerDelivery: number | null;
  keptUp?: boolean;
}

const target = at("target", "bench");

/** A program that `build` has built. */
export const program = (name: string): string => at("target", "bench", "release", name);

/** Builds a crate of the bench. */
export function build(crate: string): Promise<void> {
  const manifest = at("bench", crate, "Cargo.toml");
  const args = ["build", "--quiet", "--release", "--locked", "--target-dir", target];
  return run("cargo", [...args, "--manifest-path", manifest]);
}

/** Carries out a plan. */
export async function generate(plan: Plan): Promise<Report> {
  const child = spawn(program("flagship-load"), [], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(JSON.stringify(plan));
  const [answer, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
  if (code !== 0) throw new Error(`the load generator failed: ${code}`);
  return JSON.parse(answer) as Report;
}
