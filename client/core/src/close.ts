import { type ClientErrorCode, FlagshipError } from "./errors.ts";
import { type AfterClose, CLOSE_CODES, type ErrorCode } from "./generated/protocol.ts";

type Reason = (typeof CLOSE_CODES)[keyof typeof CLOSE_CODES]["reason"];

/** What to tell people when the server gave no words of its own. */
const WORDS: Record<Reason, { code: ErrorCode | ClientErrorCode; message: string }> = {
  unauthorized: {
    code: "unauthorized",
    message: "Your sign-in is no longer accepted. Sign in again.",
  },
  forbidden: { code: "forbidden", message: "You are not allowed in this session." },
  session_not_found: { code: "session_not_found", message: "There is no session with this id." },
  too_many_connections: {
    code: "too_many_connections",
    message: "This session is open in too many places. Close some of them and try again.",
  },
  too_slow: {
    code: "network",
    message: "This connection is too slow for what is said in the session.",
  },
  too_fast: {
    code: "rate_limited",
    message: "Too much was sent at once. The connection comes back in a moment.",
  },
  left: { code: "left", message: "You have left this session." },
  removed: {
    code: "removed",
    message: "A host or moderator has removed you from this session.",
  },
  internal: { code: "internal", message: "The service failed for a moment." },
};

/** What the close of a socket means. `said`: the refusal that the server sent before it, if any. */
export function closeMeaning(
  code: number,
  said: FlagshipError | undefined,
): { after: AfterClose; error: FlagshipError } {
  const known = code in CLOSE_CODES ? CLOSE_CODES[code as keyof typeof CLOSE_CODES] : undefined;
  if (!known) {
    return {
      after: "reconnect",
      error: new FlagshipError("network", "The connection was lost.", { retryable: true }),
    };
  }
  const words = WORDS[known.reason];
  return { after: known.after, error: said ?? new FlagshipError(words.code, words.message) };
}
