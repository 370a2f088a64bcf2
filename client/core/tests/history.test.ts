import { describe, expect, it } from "vitest";
import { LIMITS } from "../src/index.ts";
import { settled } from "../src/testing/index.ts";
import { json, problem } from "./support/answers.ts";
import { connected } from "./support/connected.ts";
import { message, welcome } from "./support/frames.ts";
import type { World } from "./support/world.ts";

describe("older messages", () => {
  const streams = { session: 3, "room:main": 8 };
  const newest = [message("main", 7), message("main", 8)];

  it("are put in front, a page at a time, until there are none", async () => {
    const { world, session } = await connected(welcome({ streams, messages: newest }));
    world.answers.push(json({ messages: [message("main", 5), message("main", 6)], before: null }));
    await Promise.all([session.loadOlder("main"), session.loadOlder("main")]);
    expect(world.requests.map(({ url }) => url)).toEqual([
      "https://flagship.test/api/sessions/s1/messages?room=main&limit=50&before=7",
    ]);
    const held = session.store.getState().messages.main;
    expect(held?.items.map(({ seq }) => seq)).toEqual([5, 6, 7, 8]);
    expect(held?.older).toBeNull();
    await session.loadOlder("main");
    expect(world.requests).toHaveLength(1);
  });

  it("come in larger pages to whoever is on the way to one far back", async () => {
    const { world, session } = await connected(welcome({ streams, messages: newest }));
    world.answers.push(json({ messages: [message("main", 6)], before: null }));
    await session.loadOlder("main", LIMITS.messagesPage);
    expect(new URL(world.requests[0]?.url ?? "").searchParams.get("limit")).toBe("100");
  });

  it("are dropped when the room has begun anew in the meantime", async () => {
    const { world, session, socket } = await connected(welcome({ streams, messages: newest }));
    let answer = (_response: Response) => {};
    world.answers.push(
      () =>
        new Promise<Response>((resolve) => {
          answer = resolve;
        }),
    );
    const loading = session.loadOlder("main");
    await settled();
    socket().deliver(
      welcome({ streams: { session: 9, "room:main": 99 }, messages: [message("main", 99)] }),
    );
    answer(json({ messages: [message("main", 6)], before: null })());
    await loading;
    expect(session.store.getState().messages.main?.items.map(({ seq }) => seq)).toEqual([99]);
  });
});

describe("the way back to a message", () => {
  const streams = { session: 3, "room:main": 408 };
  const newest = [message("main", 407), message("main", 408)];
  const far = message("main", 5);
  /** Answers with what a room has that has a message at each place. */
  const archive = (world: World) => {
    const answer = () => {
      const { pathname, searchParams } = new URL(world.requests.at(-1)?.url ?? "");
      if (pathname.endsWith(`/messages/${far.id}`)) return json({ message: far })();
      if (!pathname.endsWith("/messages")) return problem(404, "message_not_found")();
      const before = Number(searchParams.get("before"));
      const first = Math.max(1, before - Number(searchParams.get("limit")));
      const messages = Array.from({ length: before - first }, (_, n) => message("main", first + n));
      return json({ messages, before: first > 1 ? first : null })();
    };
    world.answers.push(...Array(10).fill(answer));
  };

  it("is loaded in large pages, a few at the same time, and held as a whole", async () => {
    const { world, session } = await connected(welcome({ streams, messages: newest }));
    archive(world);
    let changes = 0;
    session.store.subscribe(() => {
      changes += 1;
    });
    await expect(session.loadBackTo("main", far.id)).resolves.toBe(true);
    const asked = world.requests.map(({ url }) => new URL(url).searchParams.get("before"));
    expect(asked).toEqual([null, "407", "307", "207", "107", "7"]);
    const held = session.store.getState().messages.main;
    expect(held?.items.map(({ seq }) => seq)).toEqual(Array.from({ length: 408 }, (_, n) => n + 1));
    expect(held?.older).toBeNull();
    expect(changes).toBe(1);
    await expect(session.loadBackTo("main", far.id)).resolves.toBe(true);
    expect(world.requests).toHaveLength(6);
  });

  it("waits for a page that is on its way", async () => {
    const { world, session } = await connected(welcome({ streams, messages: newest }));
    archive(world);
    const older = session.loadOlder("main");
    await expect(session.loadBackTo("main", far.id)).resolves.toBe(true);
    await older;
    expect(session.store.getState().messages.main?.items).toHaveLength(408);
  });

  it("is not gone where there is no such message, or it was said in another room", async () => {
    const { world, session } = await connected(welcome({ streams, messages: newest }));
    archive(world);
    await expect(session.loadBackTo("main", "m-nowhere")).resolves.toBe(false);
    await expect(session.loadBackTo("blue", far.id)).resolves.toBe(false);
    expect(session.store.getState().messages.main?.items).toEqual(newest);
    expect(world.requests).toHaveLength(2);
  });

  it("is not gone further than ten thousand messages", async () => {
    const streams = { session: 3, "room:main": 20_000 };
    const { world, session } = await connected(
      welcome({ streams, messages: [message("main", 20_000)] }),
    );
    archive(world);
    await expect(session.loadBackTo("main", far.id)).resolves.toBe(false);
    expect(world.requests).toHaveLength(1);
  });
});
