// One run: a fresh server, everybody in, and the same load as for every other target.

import { generate, type Phase, type Report } from "./generator.ts";
import type { Pace } from "./options.ts";
import { Server } from "./server.ts";
import type { Shape } from "./shapes.ts";
import type { Target } from "./targets.ts";

/** Messages a second in each room, at moderate load. */
const MODERATE_RATE = 2;

/** Messages under way at saturation, all rooms together; at least one a room. */
const UNDER_WAY = 160;

/** Before saturation counts, so many messages must have gone through … */
const WARM_UP_MESSAGES = 3_000;

/** … and so many seconds: compilers take their time. */
const WARM_UP_SECONDS = 3;

/** A server keeps up while its 99th percentile is within this, in milliseconds … */
const KNEE_P99_MS = 100;

/** … and this share of the deliveries arrives in time. */
const KNEE_ARRIVED = 0.95;

/** Handshakes at once: a crowd at the door. */
const JOINING = 100;

export interface Run {
  target: string;
  shape: string;
  size: number;
  repeat: number;
  seed: number;
  report: Report;
}

export interface Order {
  target: Target;
  shape: Shape;
  size: number;
  repeat: number;
  seed: number;
  pace: Pace;
}

export async function measure({ target, shape, size, repeat, seed, pace }: Order): Promise<Run> {
  const server = await Server.start(target.command);
  try {
    const connections = await target.people(server, shape);
    const plan = {
      address: `127.0.0.1:${server.port}`,
      server: server.pid,
      protocol: target.protocol,
      connections,
      size,
      seed,
    };
    const report = await generate({ ...plan, joining: JOINING, phases: phases(shape, pace) });
    const back = await generate({ ...plan, joining: connections.length, phases: [] });
    report.returning = back.joining;
    return { target: target.name, shape: shape.name, size, repeat, seed, report };
  } finally {
    await server.stop();
  }
}

function phases({ rooms }: Shape, { warmUp, moderate, saturated, rung, shares }: Pace): Phase[] {
  return [
    {
      type: "closed",
      name: "saturated",
      underWay: UNDER_WAY,
      warmUp: WARM_UP_SECONDS,
      warmUpMessages: WARM_UP_MESSAGES,
      seconds: saturated,
    },
    // After it: what is typical of a server is what it does once its compilers have done their work,
    // and once what was left of everybody's coming in has been cleared away.
    { type: "open", name: "moderate", rate: MODERATE_RATE * rooms, warmUp, seconds: moderate },
    {
      type: "ladder",
      shares,
      p99Ms: KNEE_P99_MS,
      arrived: KNEE_ARRIVED,
      warmUp: warmUp / 2,
      seconds: rung,
    },
  ];
}
