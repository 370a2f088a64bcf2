import type { SequencedEvent, Session } from "../generated/protocol.ts";

/** The session as it is after an event. */
export function reduceSession(session: Session | null, event: SequencedEvent): Session | null {
  switch (event.type) {
    case "session_created":
    case "session_updated":
    case "session_ended":
      return event.session;
    default:
      return session;
  }
}
