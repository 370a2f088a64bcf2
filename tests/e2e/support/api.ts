// The HTTP interface, as a client without our code would use it.

import assert from "node:assert/strict";
import type {
  ErrorCode,
  Problem,
  Session,
  SessionBody,
} from "../../../client/core/src/generated/protocol.ts";
import type { Running } from "./service.ts";
import type { Person } from "./tokens.ts";

export interface Answer<Body = unknown> {
  status: number;
  headers: Headers;
  text: string;
  /** The text as JSON; `undefined` if there is none. */
  body: Body;
}

export interface RequestOptions {
  /** Sent as JSON, or as it is if it is a text. */
  body?: unknown;
  /** The Idempotency-Key. */
  key?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export class Api {
  readonly #service: Running;
  readonly #token: string | undefined;

  constructor(service: Running, who?: Person | { token: string }) {
    this.#service = service;
    this.#token = who?.token;
  }

  async request<Body = unknown>(
    method: string,
    path: string,
    { body, key, headers = {}, signal }: RequestOptions = {},
  ): Promise<Answer<Body>> {
    const all = new Headers(headers);
    if (this.#token !== undefined) all.set("authorization", `Bearer ${this.#token}`);
    if (key !== undefined) all.set("idempotency-key", key);
    const response = await fetch(new URL(`/api/${path}`, this.#service.base), {
      method,
      headers: all,
      ...(body === undefined
        ? {}
        : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
    const text = await response.text();
    const isJson = /\bjson\b/.test(response.headers.get("content-type") ?? "");
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: (isJson ? JSON.parse(text) : undefined) as Body,
    };
  }

  get<Body = unknown>(path: string, options?: RequestOptions): Promise<Answer<Body>> {
    return this.request<Body>("GET", path, options);
  }

  post<Body = unknown>(
    path: string,
    body?: unknown,
    options: RequestOptions = {},
  ): Promise<Answer<Body>> {
    return this.request<Body>("POST", path, { ...options, body });
  }

  /** A GET that must succeed. */
  async read<Body>(path: string): Promise<Body> {
    const answer = await this.get<Body>(path);
    assert.equal(answer.status, 200, answer.text);
    return answer.body;
  }

  async createSession(title = "Test"): Promise<Session> {
    const answer = await this.post<SessionBody>("sessions", { title });
    assert.equal(answer.status, 201, answer.text);
    return answer.body.session;
  }
}

/** What a refusal must say, beside what every refusal says. */
export interface Refusal {
  code: ErrorCode;
  status?: number;
  field?: string;
  reason?: string;
}

/** Checks that an answer is a problem of this kind, whole and without contradiction. */
export function assertProblem(answer: Answer, refusal: Refusal, what = ""): Problem {
  const said = `${what} ${answer.status} ${answer.text}`;
  assert.equal(answer.headers.get("content-type"), "application/problem+json", said);
  const problem = answer.body as Problem;
  assert.equal(problem.code, refusal.code, said);
  if (refusal.status !== undefined) assert.equal(answer.status, refusal.status, said);
  assert.equal(problem.field, refusal.field, said);
  assert.equal(problem.reason, refusal.reason, said);
  assert.ok(answer.status >= 400, said);
  assert.equal(problem.status, answer.status, said);
  assert.equal(problem.type, `urn:flagship:error:${refusal.code}`, said);
  assert.equal(problem.detail, problem.message, said);
  assert.ok(problem.title.length > 0 && problem.message.length > 0, said);
  assert.equal(problem.requestId, answer.headers.get("x-request-id"), said);
  assert.equal(typeof problem.retryable, "boolean", said);
  return problem;
}
