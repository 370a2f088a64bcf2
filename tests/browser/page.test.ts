// What the page itself is served with, before any script of it runs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startBrowser } from "./support/browser.ts";
import { startServer } from "./support/server.ts";

const server = await startServer();
const people = await startBrowser(server.url);

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

test("markup in names and messages is text, and runs nothing", async () => {
  const markup = '<img src=x onerror="document.title=1"><script>document.title=1</script>';
  const mallory = await people.open("<b>Mallory</b>");
  await mallory.startSession("<i>Session</i>");
  await mallory.say(markup);
  await mallory.hears(markup);
  await mallory.createRoom("<u>Room</u>");
  assert.deepEqual(await mallory.transcript(), [markup]);
  assert.equal(await mallory.page.locator("main :is(b, i, u, img, script)").count(), 0);
  assert.notEqual(await mallory.page.title(), "1");
  assert.deepEqual(mallory.complaints, []);
});
