import { afterEach, describe, expect, it, vi } from "vitest";
import {
  firstToken,
  tokenInCookie,
  tokenInLocalStorage,
  tokenInMemory,
  tokenInSessionStorage,
} from "../src/index.ts";
import { FakeClock, tokenOf } from "../src/testing/index.ts";
import { REFRESH_AHEAD_MS, TokenSource, TRY_AGAIN_MS } from "../src/tokens.ts";

const LATER = Date.now() + 3_600_000;
const EARLIER = Date.now() - 3_600_000;
const [stale, fresh] = [{ fresh: false }, { fresh: true }];

afterEach(() => vi.unstubAllGlobals());

/** A storage with one entry. */
const holding = (key: string, value: string) => ({
  getItem: (asked: string) => (asked === key ? value : null),
});

describe("a token is looked for", () => {
  it("in memory, both storages and a cookie, by the names that the page gives them", async () => {
    vi.stubGlobal("localStorage", holding("t", "local"));
    vi.stubGlobal("sessionStorage", holding("t", "session"));
    vi.stubGlobal("document", { cookie: "other=1; auth=a%2Bb; authority=2" });
    const box = tokenInMemory();
    expect([box(), box.set("memory"), box()]).toEqual([null, undefined, "memory"]);
    expect(tokenInLocalStorage("t")(stale)).toBe("local");
    expect(tokenInLocalStorage("u")(stale)).toBeNull();
    expect(tokenInSessionStorage("t")(stale)).toBe("session");
    expect(tokenInCookie("auth")(stale)).toBe("a+b");
    expect(tokenInCookie("au")(stale)).toBeNull();
  });

  it("in order, and not where it cannot be", async () => {
    vi.stubGlobal("localStorage", {
      getItem: () => {
        throw new DOMException("switched off", "SecurityError");
      },
    });
    const box = tokenInMemory("from memory");
    const get = firstToken(tokenInLocalStorage("t"), tokenInSessionStorage("t"), box, () => "last");
    expect(await get(stale)).toBe("from memory");
    box.set(null);
    expect(await get(stale)).toBe("last");
  });

  it("passing over one that was refused, and one that has expired", async () => {
    const box = tokenInMemory("refused");
    const get = firstToken(
      box,
      () => tokenOf("ada", EARLIER),
      async () => tokenOf("ada", LATER),
    );
    expect(await get(stale)).toBe("refused");
    expect(await get(fresh)).toBe(tokenOf("ada", LATER));
  });

  it("taking an expired one before none: this clock may be wrong", async () => {
    const get = firstToken(() => tokenOf("ada", EARLIER));
    expect(await get(stale)).toBe(tokenOf("ada", EARLIER));
    await expect(get(fresh)).rejects.toMatchObject({ code: "token", retryable: true });
  });

  it("saying why, where there is none", async () => {
    const get = firstToken(tokenInMemory(), () => Promise.reject(new Error("offline")));
    await expect(get(stale)).rejects.toMatchObject({
      code: "token",
      retryable: true,
      cause: { message: "offline" },
    });
  });
});

describe("the token in use", () => {
  /** Tokens that expire an hour after each other. */
  function source(lives: number) {
    const clock = new FakeClock();
    let given = 0;
    let fails = false;
    const tokens = new TokenSource(() => {
      given += 1;
      if (fails) throw new Error("not now");
      return tokenOf(`ada-${given}`, clock.now() + lives);
    }, clock);
    return { clock, tokens, count: () => given, fail: () => (fails = true) };
  }

  it("is replaced before it expires, also by those who only ask by HTTP", async () => {
    const { clock, tokens, count } = source(3_600_000);
    const first = await tokens.current();
    await clock.advance(3_600_000 - REFRESH_AHEAD_MS - 1_000);
    expect(await tokens.current()).toBe(first);
    await clock.advance(1_000);
    expect(await tokens.current()).not.toBe(first);
    expect(count()).toBe(2);
  });

  it("is used for half its life, if that is short", async () => {
    const { clock, tokens } = source(60_000);
    const first = await tokens.current();
    await clock.advance(29_000);
    expect(await tokens.current()).toBe(first);
    await clock.advance(1_000);
    expect(await tokens.current()).not.toBe(first);
  });

  it("serves as long as it holds while there is no other, which is asked for now and then", async () => {
    const { clock, tokens, count, fail } = source(3_600_000);
    const first = await tokens.current();
    fail();
    await clock.advance(3_600_000 - REFRESH_AHEAD_MS);
    for (let time = 0; time < TRY_AGAIN_MS; time += 1_000) {
      expect(await tokens.current()).toBe(first);
      await clock.advance(1_000);
    }
    expect(count()).toBe(2);
    await clock.advance(REFRESH_AHEAD_MS);
    await expect(tokens.current()).rejects.toMatchObject({ code: "token" });
  });
});
