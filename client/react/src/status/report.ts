import {
  CORE_VERSION,
  type Health,
  PROTOCOL_VERSION,
  type SessionState,
  selectSelf,
} from "@flagship/core";
import { REACT_VERSION } from "../version.ts";

/** What helps to find out what is wrong, as text for those who look into it. */
export interface Diagnosis {
  state: SessionState;
  /** The session's id. */
  sessionId: string;
  /** What the service said of itself; `undefined` if it did not answer. */
  health: Health | undefined;
  /** By this device's clock, milliseconds since the epoch. */
  now: number;
  /** The browser, as it calls itself. */
  userAgent: string;
}

/**
 * A report to be sent to whoever runs the service. Every value in it is named here: no token, nothing that anybody
 * said, nobody's name, and no addresses can get into it by being added somewhere else.
 */
export function diagnosticReport({ state, sessionId, health, now, userAgent }: Diagnosis): string {
  const { connection, quality, statistics, outbox, breaker, rooms, participants } = state;
  const report = {
    at: new Date(now).toISOString(),
    sessionId,
    role: selectSelf(state)?.role ?? null,
    session: state.session && { state: state.session.state, round: state.session.round },
    connection: {
      phase: connection.phase,
      error: connection.phase === "stopped" ? connection.error.code : null,
      requestId: connection.phase === "stopped" ? (connection.error.requestId ?? null) : null,
      history: state.connectionLog.map(({ at, phase }) => `${new Date(at).toISOString()} ${phase}`),
      clockOffsetMs: Math.round(state.clockOffset),
    },
    quality: {
      level: quality.level,
      roundTripMs: quality.roundTripMs,
      samples: quality.samples.map(({ at, kind, ms }) => [at, kind, Math.round(ms)]),
    },
    outbox: {
      waiting: outbox.waiting,
      failed: outbox.failed,
      oldestAt: outbox.oldestAt,
      isDurable: outbox.isDurable,
    },
    breaker: { state: breaker.state, failures: breaker.failures, retryAt: breaker.retryAt },
    statistics: {
      sent: statistics.sent,
      resent: statistics.resent,
      acked: statistics.acked,
      duplicates: statistics.duplicates,
      refused: statistics.refused,
      failed: statistics.failed,
      events: statistics.events,
      repeats: statistics.repeats,
      resumes: statistics.resumes,
      snapshots: statistics.snapshots,
      gaps: statistics.gaps,
      losses: statistics.losses,
      toFallback: statistics.toFallback,
      toSocket: statistics.toSocket,
    },
    size: {
      rooms: rooms.length,
      participants: Object.keys(participants).length,
      connected: state.connected.size,
    },
    service: health
      ? {
          status: health.status,
          databaseMs: health.database.ok ? health.database.latencyMs : null,
          sessionObjectMs: health.sessionObject.ok ? health.sessionObject.latencyMs : null,
        }
      : null,
    versions: {
      core: CORE_VERSION,
      react: REACT_VERSION,
      protocol: PROTOCOL_VERSION,
      service: health?.version ?? null,
    },
    userAgent,
  };
  return JSON.stringify(report, null, 2);
}
