// CPU time of the workerd that this process started, in milliseconds: of all of its threads, as the
// kernel counts it in nanoseconds. And the memory that it holds.

import { readdirSync, readFileSync } from "node:fs";

const read = (path: string) => readFileSync(path, "utf8");

/** The processes that this one started. */
function children(): string[] {
  const tasks = readdirSync("/proc/self/task");
  return tasks.flatMap((task) =>
    read(`/proc/self/task/${task}/children`).split(" ").filter(Boolean),
  );
}

/** Nanoseconds that a thread has run; 0 if it is gone. */
function spent(path: string): number {
  try {
    return Number(read(path).split(" ")[0]);
  } catch {
    return 0;
  }
}

const workerds = () => children().filter((pid) => read(`/proc/${pid}/comm`).startsWith("workerd"));

/** Its resident memory, in MiB. */
export function workerdMemory(): number {
  const kilobytes = workerds().map(
    (pid) => /VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1],
  );
  return kilobytes.reduce((sum, size) => sum + Number(size ?? 0), 0) / 1024;
}

export function workerdCpu(): number {
  const threads = workerds().flatMap((pid) =>
    readdirSync(`/proc/${pid}/task`).map((task) => `/proc/${pid}/task/${task}/schedstat`),
  );
  return threads.reduce((sum, thread) => sum + spent(thread), 0) / 1e6;
}
