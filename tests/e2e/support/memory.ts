// How much memory the runtime holds, as the kernel counts it.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const read = (path: string) => readFileSync(path, "utf8");

/** The runtimes that this process started. */
function runtimes(): string[] {
  const tasks = readdirSync("/proc/self/task");
  const children = tasks.flatMap((task) =>
    read(`/proc/self/task/${task}/children`).split(" ").filter(Boolean),
  );
  return children.filter((pid) => read(`/proc/${pid}/comm`).startsWith("workerd"));
}

const field = (pid: string, name: string): number => {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(read(`/proc/${pid}/status`));
  return Number(found?.[1] ?? 0) * 1024;
};

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

/** Runs `action`, and gives by how many bytes the runtime's memory rose above what it was, at its height. */
export async function memoryOf(action: () => Promise<unknown>): Promise<number> {
  const pids = runtimes();
  // Begins the count of the height anew.
  for (const pid of pids) writeFileSync(`/proc/${pid}/clear_refs`, "5");
  const before = sum(pids.map((pid) => field(pid, "VmRSS")));
  await action();
  return sum(pids.map((pid) => field(pid, "VmHWM"))) - before;
}
