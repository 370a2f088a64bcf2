import type { Rolldown } from "vite";

/** Leaves out what packages say to other frameworks ("use client"): here it means nothing. */
export function quiet(
  log: Rolldown.RolldownLog,
  handle: (log: Rolldown.RolldownLog) => void,
): void {
  if (log.code !== "MODULE_LEVEL_DIRECTIVE") handle(log);
}
