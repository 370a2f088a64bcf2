import type { HelpRequest } from "@flagship/core";
import { useSessionState } from "../session/context.tsx";

const NONE: readonly HelpRequest[] = [];

/** Open requests of everybody, alerts first; none for those who are no moderators. */
export function useHelpQueue(): readonly HelpRequest[] {
  return useSessionState((state) => state.moderation?.help ?? NONE);
}
