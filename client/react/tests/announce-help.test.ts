import type { HelpRequest, SessionState } from "@flagship/core";
import { describe, expect, it } from "vitest";
import { catalog } from "../src/i18n/messages.ts";
import { announceHelp } from "../src/session/announce-help.ts";

const t = catalog.translate({ language: "en", locale: "en", dir: "ltr" });

const request: HelpRequest = {
  id: "h1",
  kind: "help",
  state: "waiting",
  participantId: "grace",
  alias: "Grace",
  roomId: "main",
  text: null,
  aboutParticipantId: null,
  askedAt: 1,
  claimedBy: null,
  claimedAt: null,
  closedAt: null,
};
const claimed: HelpRequest = { ...request, state: "claimed", claimedBy: "ada", claimedAt: 2 };

function state(selfId: string, queue: HelpRequest[] | null, own: HelpRequest[] = []): SessionState {
  const people = { ada: { alias: "Ada" }, grace: { alias: "Grace" } };
  return {
    selfId,
    rooms: [],
    participants: people,
    moderation: queue && { help: queue, guests: [], profiles: {} },
    own: { help: own, profile: { about: null, tags: [] } },
  } as unknown as SessionState;
}

function told(before: SessionState, now: SessionState): string[] {
  const words: string[] = [];
  announceHelp(t, before, now, (kind, text) => words.push(`${kind}: ${text}`));
  return words;
}

describe("help", () => {
  it("is told to moderators once, an alert to the ear only", () => {
    const alert: HelpRequest = { ...request, id: "h2", kind: "alert" };
    expect(told(state("ada", []), state("ada", [alert, request]))).toEqual([
      "quiet: Alert from Grace, in Main.",
      "info: Grace asks for help, in Main.",
    ]);
    expect(told(state("ada", [request]), state("ada", [claimed]))).toEqual([]);
  });

  it("is not told again to whoever becomes a moderator: the queue is there", () => {
    expect(told(state("ada", null), state("ada", [request]))).toEqual([]);
  });

  it("is told to who asked when somebody comes, and when it is over", () => {
    const waiting = state("grace", null, [request]);
    const coming = state("grace", null, [claimed]);
    expect(told(waiting, coming)).toEqual(["info: Ada is coming to help you."]);
    expect(told(coming, state("grace", null))).toEqual(["quiet: Your request for help is closed."]);
    expect(told(waiting, state("grace", null)), "taken back by oneself").toEqual([]);
  });
});
