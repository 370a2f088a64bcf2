import "fake-indexeddb/auto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createFlagshipClient, memoryOf, memoryStorage } from "../src/index.ts";
import { indexedDbQueueStore } from "../src/offline/index.ts";
import { QUEUE_LIMITS } from "../src/outbox.ts";
import { keyValueQueueStore, type QueueStore, type SavedCommand } from "../src/queue-store.ts";
import { FakeServer, fakeLocks, settled, tokenOf } from "../src/testing/index.ts";
import { phase, said } from "./support/fake.ts";

afterEach(() => vi.unstubAllGlobals());

let databases = 0;
/** Pages of one browser: what they share, and one store each. */
function browser() {
  databases += 1;
  const name = `test-${databases}`;
  const all = fakeLocks();
  /** A page, and what ends it as closing its tab does: its locks are free. */
  const page = () => {
    const own: (() => void)[] = [];
    const locks = {
      async take(lock: string) {
        const release = await all.take(lock);
        if (release) own.push(release);
        return release;
      },
    };
    const store = indexedDbQueueStore({ name, locks });
    return { store, close: () => own.forEach((release) => void release()) };
  };
  return { page };
}

const command = (id: string): SavedCommand => ({
  id,
  command: { type: "send_message", roomId: "main", content: id },
  createdAt: 1,
  error: null,
});
const ids = async (store: QueueStore) => (await store.open("q")).map(({ id }) => id);

describe("a queue in IndexedDB", () => {
  it("keeps order, changes in place, and forgets", async () => {
    const { store } = browser().page();
    for (const id of ["c", "a", "b"]) await store.put("q", command(id));
    await store.put("other", command("x"));
    const failed = { ...command("a"), error: { code: "muted", message: "no" } as const };
    await store.put("q", failed);
    expect(await ids(store)).toEqual(["c", "a", "b"]);
    expect((await store.open("q"))[1]).toEqual(failed);
    await store.remove("q", "c");
    expect(await ids(store)).toEqual(["a", "b"]);
  });

  it("leaves to a living page what that one sends, and takes over when it is gone", async () => {
    const { page } = browser();
    const [first, second, third] = [page(), page(), page()];
    await first.store.put("q", command("a"));
    expect(await ids(second.store)).toEqual([]);
    first.close();
    const [mine, theirs] = await Promise.all([ids(second.store), ids(third.store)]);
    expect([...mine, ...theirs]).toEqual(["a"]);
  });

  it("does with another store where there is no database", async () => {
    const fallback = keyValueQueueStore(memoryStorage());
    vi.stubGlobal("indexedDB", {
      open: () => {
        throw new DOMException("switched off", "SecurityError");
      },
    });
    const broken = indexedDbQueueStore({ fallback });
    await broken.put("q", command("a"));
    expect(await ids(fallback)).toEqual(["a"]);
  });
});

describe("what was written without a connection", () => {
  /** A page of Ada's on the session, over a store. */
  async function open(server: FakeServer, queue: QueueStore) {
    server.session();
    const client = createFlagshipClient({
      url: server.url,
      getToken: () => tokenOf("ada"),
      environment: server.environment(),
      queue,
    });
    const session = client.session("s1");
    session.connect();
    await allDone(queue);
    return session;
  }

  /** Everything asked of the store before is done: it does one thing after another. */
  async function allDone(queue: QueueStore) {
    for (let turn = 0; turn < 4; turn += 1) {
      await settled();
      await queue.open("nobody's");
    }
    await settled();
  }

  it("is sent by the next page, once and in order", async () => {
    const server = new FakeServer();
    const { page } = browser();
    const before = page();
    const session = await open(server, before.store);
    server.isDown = true;
    server.cut();
    await settled();
    for (const text of ["one", "two"]) session.commands.sendMessage("main", text).catch(() => {});
    await allDone(before.store);
    // The tab is closed, and the browser too.
    session.stop();
    before.close();

    server.isDown = false;
    const next = page().store;
    const after = await open(server, next);
    await server.clock.advance(10_000);
    await allDone(next);
    expect(phase(after)).toBe("open");
    expect(said(after)).toEqual(["one", "two"]);
    expect(after.store.getState().outbox).toMatchObject({ waiting: 0, isDurable: true });
  });

  it("before there ever was one survives a reload, once it is known who writes", async () => {
    const server = new FakeServer();
    const { page } = browser();
    const first = await open(server, keyValueQueueStore(memoryStorage()));
    const memory = memoryOf(first.store.getState());
    first.stop();
    if (!memory) throw new Error("there is something to remember");

    server.isDown = true;
    const before = page();
    const offline = await open(server, before.store);
    offline.recall(memory);
    offline.commands.sendMessage("main", "on the train").catch(() => {});
    await allDone(before.store);
    offline.stop();
    before.close();

    const next = page().store;
    const reloaded = await open(server, next);
    reloaded.recall(memory);
    await allDone(next);
    expect(reloaded.store.getState().pending).toMatchObject([{ content: "on the train" }]);
    server.isDown = false;
    await server.clock.advance(30_000);
    await allDone(next);
    expect(said(reloaded)).toEqual(["on the train"]);
    expect(reloaded.store.getState().pending).toEqual([]);
  });

  it("is not sent by two tabs", async () => {
    const server = new FakeServer();
    const { page } = browser();
    const [one, other] = [page(), page()];
    const first = await open(server, one.store);
    server.isDown = true;
    server.cut();
    await settled();
    first.commands.sendMessage("main", "mine").catch(() => {});
    await allDone(one.store);
    server.isDown = false;
    const second = await open(server, other.store);
    await server.clock.advance(20_000);
    await allDone(one.store);
    await allDone(other.store);
    expect(said(second)).toEqual(["mine"]);
    expect(second.store.getState().statistics.sent).toBe(0);
    expect(first.store.getState().statistics).toMatchObject({ sent: 1, duplicates: 0 });
  });

  it("says so when it does not survive a reload", async () => {
    const server = new FakeServer();
    const full: QueueStore = {
      open: async () => [],
      put: () => Promise.reject(new DOMException("full", "QuotaExceededError")),
      remove: async () => {},
    };
    const session = await open(server, full);
    await session.commands.sendMessage("main", "hello");
    await settled();
    expect(session.store.getState().outbox.isDurable).toBe(false);
    expect(said(session)).toEqual(["hello"]);
  });

  it("is refused when too much waits, and says why", async () => {
    const server = new FakeServer();
    const session = await open(server, keyValueQueueStore(memoryStorage()));
    server.isDown = true;
    server.cut();
    await settled();
    const long = "x".repeat(QUEUE_LIMITS.characters / 2);
    session.commands.sendMessage("main", long).catch(() => {});
    await expect(session.commands.sendMessage("main", long)).rejects.toMatchObject({
      code: "queue_full",
      retryable: true,
    });
    expect(session.store.getState().outbox.waiting).toBe(1);
  });
});
