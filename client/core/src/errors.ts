import type {
  ErrorBody,
  ErrorCode,
  Participant,
  Problem,
  Role,
  Room,
  Session,
} from "./generated/protocol.ts";

/** What can go wrong on this side of the wire, beside the codes that the server sends. */
export type ClientErrorCode =
  /** No answer came, or none that can be read. */
  | "network"
  /** The server said something that the protocol does not allow. */
  | "protocol"
  /** `getToken` failed, or gave a token that no socket can carry. */
  | "token"
  /** A service was used before it was said where the service is. */
  | "not_configured"
  /** The command waited longer than the server keeps idempotency keys: sending it might do it twice. */
  | "expired"
  /** So much waits to be sent already that no more is taken. */
  | "queue_full"
  /** The person withdrew it before it was settled. */
  | "discarded"
  /** Too many connections of one participant, or of the session. */
  | "too_many_connections"
  /** The participant left the session. */
  | "left";

/** Details of a {@link FlagshipError}; see the fields there. */
export interface FlagshipErrorDetails {
  retryable?: boolean | undefined;
  retryAfterMs?: number | null | undefined;
  field?: string | undefined;
  reason?: string | undefined;
  needs?: readonly Role[] | undefined;
  have?: Role | undefined;
  current?: Room | undefined;
  currentSession?: Session | undefined;
  currentParticipant?: Participant | undefined;
  status?: number | undefined;
  requestId?: string | undefined;
  cause?: unknown;
}

/** The only error that this package throws or rejects with. `message` is fit to be shown to people. */
export class FlagshipError extends Error {
  override readonly name = "FlagshipError";
  /** For programs. */
  readonly code: ErrorCode | ClientErrorCode;
  /** Whether the same request may succeed later, unchanged. */
  readonly retryable: boolean;
  /** How long to wait before that, in milliseconds, where the server said so. */
  readonly retryAfterMs: number | null;
  /** Path of the field that is at fault, such as `command.name`. */
  readonly field: string | undefined;
  /** With `unauthorized`: what is wrong with the token, such as `token_expired`. */
  readonly reason: string | undefined;
  /** With `forbidden`: the roles that would be allowed. */
  readonly needs: readonly Role[] | undefined;
  /** With `forbidden`: the role of who asked. */
  readonly have: Role | undefined;
  /** With `stale`: the room as it is now. */
  readonly current: Room | undefined;
  /** With `stale`: the session as it is now. */
  readonly currentSession: Session | undefined;
  /** With `stale`: the participant as they are now. */
  readonly currentParticipant: Participant | undefined;
  /** The HTTP status, if the error came by HTTP. */
  readonly status: number | undefined;
  /** Finds the request in the server's logs. */
  readonly requestId: string | undefined;

  constructor(
    code: ErrorCode | ClientErrorCode,
    message: string,
    details: FlagshipErrorDetails = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.retryable = details.retryable ?? false;
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.field = details.field;
    this.reason = details.reason;
    this.needs = details.needs;
    this.have = details.have;
    this.current = details.current;
    this.currentSession = details.currentSession;
    this.currentParticipant = details.currentParticipant;
    this.status = details.status;
    this.requestId = details.requestId;
  }

  /** An error as the socket or an HTTP body carries it. */
  static from(body: ErrorBody | Problem): FlagshipError {
    return new FlagshipError(body.code, body.message, body);
  }
}

/** Turns whatever was thrown into a {@link FlagshipError} with the given code. */
export function asFlagshipError(thrown: unknown, code: ClientErrorCode): FlagshipError {
  if (thrown instanceof FlagshipError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new FlagshipError(code, message, { cause: thrown, retryable: code === "network" });
}
