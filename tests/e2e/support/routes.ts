// Every route of the description, ready to be asked: for tests of what must hold for all of them.

import { readFileSync } from "node:fs";
import { at } from "../../../scripts/lib/project.mjs";
import type { RequestOptions } from "./api.ts";

/** What the parameters of paths stand for. */
export interface Scene {
  session: string;
  room?: string;
  message?: string;
  template?: string;
  /** Whom a request is about, where it is about somebody. */
  participant?: string;
}

export interface Route {
  /** As the description has it: `POST /api/sessions/{session}/commands`. */
  name: string;
  method: string;
  /** With its parameters, after `/api/`. */
  path: string;
  options: RequestOptions;
  /** Whether it is for anybody, without a token. */
  isPublic: boolean;
  /** Whether it is about a session. */
  isOfSession: boolean;
}

interface Operation {
  security?: unknown[];
  requestBody?: unknown;
}

const described = JSON.parse(readFileSync(at("docs", "protocol", "openapi.json"), "utf8")) as {
  paths: Record<string, Record<string, Operation>>;
};

/** What each route takes that takes something, so that nothing but the rule in question refuses it. */
const bodies = ({ session, room = "r1", template = "t1", participant = "nobody" }: Scene) => ({
  "POST /api/debug-breakout/{session}/test-breakout-creation": { name: "Trial" },
  "POST /api/dev/token": { alias: "Somebody" },
  "POST /api/sessions": { title: "Another" },
  "POST /api/sessions/{session}/assignment-imports": "name,room\nAda,Blue\n",
  "POST /api/sessions/{session}/assignment-proposals": { strategy: "random" },
  "POST /api/sessions/{session}/breakout-rooms": { name: "Red" },
  "PATCH /api/sessions/{session}/breakout-rooms/{room}": { name: "Green" },
  "POST /api/sessions/{session}/commands": { command: { type: "raise_hand", raised: true } },
  "POST /api/sessions/{session}/cursors": { received: { "room:main": 1 }, read: {} },
  "POST /api/sessions/{session}/messages": { roomId: "main", content: "from a route" },
  "POST /api/sessions/{session}/templates": { templateId: template },
  "POST /api/sessions/{session}/typing": { roomId: "main" },
  "POST /api/templates": { name: "Kept", sessionId: session },
  // What some read besides their path.
  "GET /api/sessions/{session}/direct-messages": { query: `with=${participant}` },
  "GET /api/sessions/{session}/messages": { query: `room=${room}` },
  "GET /api/sessions/{session}/receipts": { query: `room=${room}` },
  "GET /api/sessions/{session}/search": { query: "q=said" },
});

/** Ways to ask a route that its description offers beside the plain one. */
const OTHERS: Record<string, string[]> = {
  "GET /api/sessions/{session}/assignments": ["format=csv"],
  "GET /api/sessions/{session}/debrief": ["format=csv"],
  "GET /api/sessions/{session}/search": ["q=said&room=main"],
  "GET /api/sessions/{session}/messages": ["room=main", "room=main&after=0"],
  "GET /api/sessions/{session}/receipts": ["room=main", "with=nobody"],
};

/** Every route, and each other way to ask it. */
export function routes(scene: Scene): Route[] {
  const filled: Record<string, unknown> = bodies(scene);
  const all: Route[] = [];
  for (const [template, methods] of Object.entries(described.paths)) {
    const path = template
      .replace("/api/", "")
      .replace("{session}", scene.session)
      .replace("{room}", scene.room ?? "r1")
      .replace("{message}", scene.message ?? "m1")
      .replace("{template}", scene.template ?? "t1");
    for (const [verb, { security, requestBody }] of Object.entries(methods)) {
      const method = verb.toUpperCase();
      const name = `${method} ${template}`;
      const given = filled[name];
      if (requestBody !== undefined && given === undefined) {
        throw new Error(`support/routes.ts does not know what to send to ${name}`);
      }
      const query = (given as { query?: string } | undefined)?.query;
      const route = {
        name,
        method,
        options: requestBody === undefined ? {} : { body: given },
        // The socket takes its credential in ways of its own.
        isPublic: security?.length === 0 && !template.endsWith("/socket"),
        isOfSession: template.includes("{session}") || name === "POST /api/templates",
      };
      for (const asked of [query, ...(OTHERS[name] ?? [])]) {
        all.push({ ...route, path: asked === undefined ? path : `${path}?${asked}` });
      }
    }
  }
  return all;
}
