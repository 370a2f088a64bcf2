// @vitest-environment happy-dom
import { tokenOf } from "@flagship/core/testing";
import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { holdIdentity } from "../../src/identity/identity.ts";
import { useSignIn } from "../../src/identity/use-sign-in.ts";

afterEach(() => {
  cleanup();
  sessionStorage.clear();
  localStorage.clear();
});

/** What a window remembers of two sessions, and something of another program. */
function remembering(): void {
  sessionStorage.setItem("flagship.session.s1", '{"session":{"title":"Secret plans"}}');
  sessionStorage.setItem("flagship.session.s2", "{}");
  sessionStorage.setItem("flagship.read.s1.ada", '{"main":3}');
  sessionStorage.setItem("another", "kept");
}

test("who signs out leaves nothing of any session behind", () => {
  holdIdentity({ token: tokenOf("ada"), alias: "Ada" }, true);
  remembering();
  const { result } = renderHook(useSignIn);
  expect(result.current.identity?.alias).toBe("Ada");
  act(() => result.current.signOut());
  expect(result.current.identity).toBeUndefined();
  expect(Object.keys(sessionStorage)).toEqual(["another"]);
  expect(localStorage.length).toBe(0);
});

test("who comes after a token that has expired finds nothing of whoever had it", () => {
  remembering();
  localStorage.setItem(
    "flagship.identity",
    JSON.stringify({ token: tokenOf("grace"), alias: "Grace" }),
  );
  const { result } = renderHook(useSignIn);
  act(() => result.current.acceptOffer());
  expect(result.current.identity?.alias).toBe("Grace");
  expect(Object.keys(sessionStorage).sort()).toEqual(["another", "flagship.identity"]);
});
