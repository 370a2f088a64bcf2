import type { ServerFrame } from "./generated/protocol.ts";

/** The frames of one WebSocket message: one, or an array of them. Undefined if it is neither. */
export function parseFrames(data: unknown): ServerFrame[] | undefined {
  if (typeof data !== "string") return undefined;
  try {
    const value: unknown = JSON.parse(data);
    const frames = Array.isArray(value) ? value : [value];
    const valid = frames.every((frame) => typeof frame === "object" && frame !== null);
    return valid ? frames : undefined;
  } catch {
    return undefined;
  }
}
