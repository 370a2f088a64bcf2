// What the page itself is served with, before any script of it runs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startServer } from "./support/server.ts";

const server = await startServer();

/** The policy, directive by directive. */
function directives(policy: string | null): Map<string, string[]> {
  const parts = (policy ?? "").split(";").map((part) => part.trim().split(/\s+/));
  return new Map(parts.map(([name = "", ...values]) => [name, values]));
}

for (const path of ["/", "/s/some-session", "/flag.svg"]) {
  test(`${path} may run and load only what is its own, and not be framed`, async () => {
    const { status, headers } = await fetch(new URL(path, server.url));
    assert.equal(status, 200);
    const text = headers.get("content-security-policy");
    assert.doesNotMatch(text ?? "", /unsafe-|\*|https?:/);
    const policy = directives(text);
    for (const name of ["default-src", "script-src", "style-src", "connect-src", "form-action"]) {
      assert.deepEqual(policy.get(name), ["'self'"], name);
    }
    for (const name of ["frame-ancestors", "base-uri", "object-src"]) {
      assert.deepEqual(policy.get(name), ["'none'"], name);
    }
    assert.equal(headers.get("x-content-type-options"), "nosniff");
    assert.equal(headers.get("referrer-policy"), "same-origin");
    assert.equal(headers.get("cross-origin-opener-policy"), "same-origin");
    for (const feature of ["camera", "microphone", "geolocation", "payment"]) {
      assert.match(headers.get("permissions-policy") ?? "", new RegExp(`\\b${feature}=\\(\\)`));
    }
  });
}

test("the page has no script or style within it", async () => {
  const html = await (await fetch(server.url)).text();
  assert.match(html, /<script [^>]*src=/);
  assert.doesNotMatch(html, /<script(?![^>]*\bsrc=)|<style|\son[a-z]+=|style=/i);
});
