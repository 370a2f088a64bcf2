import type { DebugPermissions, DryRun, ErrorBody, SessionId } from "../generated/protocol.ts";
import { configuredClient } from "./configuration.ts";

/** Prints what the caller may do in a session and why not the rest, and gives it. Changes nothing. */
export async function debugBreakoutRoomPermissions(
  sessionId: SessionId,
): Promise<DebugPermissions> {
  const said = await configuredClient().session(sessionId).requests.debugPermissions();
  console.log(permissionsInWords(sessionId, said));
  return said;
}

/** Tries out the creation of a room without creating it, prints each check, and gives them. */
export async function testBreakoutRoomCreation(
  sessionId: SessionId,
  name = "Test room",
): Promise<DryRun> {
  const said = await configuredClient().session(sessionId).requests.testBreakoutCreation({ name });
  console.log(dryRunInWords(sessionId, said));
  return said;
}

/** What {@link debugBreakoutRoomPermissions} prints. */
export function permissionsInWords(sessionId: SessionId, said: DebugPermissions): string {
  const { userId, role, registered, refused, permissions } = said;
  const widest = Math.max(...permissions.map(({ command }) => command.length));
  const lines = permissions.map(({ command, allowed, needs, error }) => {
    const why = allowed ? "" : (error && inWords(error)) || `needs ${needs.join(" or ")}`;
    return `  ${allowed ? "yes" : "no "}  ${command.padEnd(widest)}  ${why}`.trimEnd();
  });
  return [
    `Session ${sessionId}: you are ${userId}, ${role}${registered ? "" : " (as soon as you do something in it)"}.`,
    ...(refused ? [`You are kept out: ${inWords(refused)}`] : []),
    ...lines,
  ].join("\n");
}

/** What {@link testBreakoutRoomCreation} prints. */
export function dryRunInWords(sessionId: SessionId, said: DryRun): string {
  const { wouldSucceed, checks, error } = said;
  return [
    `Session ${sessionId}: a room ${wouldSucceed ? "would be" : "would not be"} created. Nothing was changed.`,
    ...checks.map((check) => `  ${check}`),
    ...(error ? [`  refused: ${inWords(error)}`] : []),
  ].join("\n");
}

function inWords({ code, message, needs, have }: ErrorBody): string {
  const roles = needs && have ? `needs ${needs.join(" or ")}, you are ${have}` : message;
  return `${roles} (${code})`;
}

/** The commands for the browser's console. */
export interface DebugCommands {
  debugBreakoutPermissions(sessionId: SessionId): Promise<DebugPermissions>;
  testBreakoutPermissions(sessionId: SessionId): Promise<DryRun>;
}

/** Puts `debugBreakoutPermissions('id')` and `testBreakoutPermissions('id')` into the browser's console. */
export function installDebugCommands(target: object = globalThis): void {
  const commands: DebugCommands = {
    debugBreakoutPermissions: (sessionId) => debugBreakoutRoomPermissions(sessionId),
    testBreakoutPermissions: (sessionId) => testBreakoutRoomCreation(sessionId),
  };
  Object.assign(target, commands);
}

/** Whether a page is being developed: it comes from the machine that it is looked at on. */
export function isDevelopment(): boolean {
  const host = globalThis.location?.hostname ?? "";
  return /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host);
}
