// What the platform charges, beyond what a plan includes.

import type { Rows } from "./rows.ts";

/**
 * US dollars, Workers Paid plan. Read on 2026-11-23 in Cloudflare's documentation:
 * developers.cloudflare.com/durable-objects/platform/pricing, …/d1/platform/pricing and
 * …/workers/platform/pricing.
 */
export const PRICES = {
  /** A million requests to an object: HTTP requests, handshakes, alarms that fire. */
  objectRequests: 0.15,
  /** So many incoming WebSocket messages are one request. Outgoing ones are free. */
  messagesPerRequest: 20,
  /** A million GB-seconds of an object that is active. */
  duration: 12.5,
  /** What an object is billed as having, in GB, whatever it uses. */
  memory: 0.128,
  /** A million rows written in an object's SQLite; each alarm set is one. */
  objectRows: 1,
  /** A million rows written in D1. */
  databaseRows: 1,
  /** A million requests to a Worker: a handshake is one. */
  workerRequests: 0.3,
} as const;

const MILLION = 1_000_000;

export interface Cost {
  requests: number;
  rows: number;
  duration: number;
  total: number;
}

const cost = (requests: number, rows: number, duration: number): Cost => ({
  requests,
  rows,
  duration,
  total: requests + rows + duration,
});

const requestsFor = (messages: number) =>
  (messages / PRICES.messagesPerRequest / MILLION) * PRICES.objectRequests;

const rowsFor = (messages: number, { object, alarms, database }: Rows) =>
  (messages / MILLION) * ((object + alarms) * PRICES.objectRows + database * PRICES.databaseRows);

const durationFor = (seconds: number) => ((seconds * PRICES.memory) / MILLION) * PRICES.duration;

/** A million messages, at a rate that keeps an object active throughout. */
export const millionMessages = (perSecond: number, rows: Rows): Cost =>
  cost(requestsFor(MILLION), rowsFor(MILLION, rows), durationFor(MILLION / perSecond));

/**
 * An hour of a session in which so many people each connect once and so many messages are sent,
 * if the object is active all the time: the most that it can cost.
 */
export function sessionHour(people: number, messages: number, rows: Rows): Cost {
  const handshakes = (people / MILLION) * (PRICES.objectRequests + PRICES.workerRequests);
  return cost(handshakes + requestsFor(messages), rowsFor(messages, rows), durationFor(3_600));
}
