import type { HelpKind, HelpRequest } from "../generated/protocol.ts";

const URGENCY: Record<HelpKind, number> = { alert: 0, help: 1 };

/** The open requests after one of them changed: alerts first, then by when they were made. */
export function reduceHelp(
  held: readonly HelpRequest[],
  request: HelpRequest,
): readonly HelpRequest[] {
  const others = held.filter(({ id }) => id !== request.id);
  if (request.closedAt !== null) return others.length === held.length ? held : others;
  return [...others, request].sort(
    (a, b) => URGENCY[a.kind] - URGENCY[b.kind] || a.askedAt - b.askedAt || inOrder(a.id, b.id),
  );
}

/** Ids count up, and a longer one is a later one. */
function inOrder(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1);
}
