// The page as an app: installable, and there without a network.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { contextOf, startBrowser } from "./support/browser.ts";
import { startServer } from "./support/server.ts";

const server = await startServer();
const people = await startBrowser(server.url);
const installed = { isInstalled: true };

describe("an app", () => {
  it("can be installed: the manifest holds, and so do its icons", async () => {
    const answer = await fetch(`${server.url}/manifest.webmanifest`);
    assert.match(answer.headers.get("Content-Type") ?? "", /manifest\+json/);
    const manifest = (await answer.json()) as {
      name: string;
      start_url: string;
      display: string;
      icons: { src: string; sizes: string; type: string; purpose?: string }[];
    };
    assert.equal(manifest.name, "Flagship");
    assert.equal(manifest.start_url, "/");
    assert.equal(manifest.display, "standalone");
    const pictures = manifest.icons.filter(({ type }) => type === "image/png");
    assert.ok(pictures.some(({ sizes }) => sizes === "192x192"));
    assert.ok(pictures.some(({ purpose }) => purpose === "maskable"));
    for (const { src, sizes } of pictures) {
      const bytes = Buffer.from(await (await fetch(server.url + src)).arrayBuffer());
      assert.equal(bytes.subarray(1, 4).toString(), "PNG", src);
      assert.equal(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, sizes, src);
    }
    const { page } = await people.open("Ada", "/", installed);
    const session = await page.context().newCDPSession(page);
    const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
    const reasons = installabilityErrors.map(({ errorId }) => errorId);
    // A test's window is a private one; nothing else may be in the way.
    assert.deepEqual(
      reasons.filter((reason) => reason !== "in-incognito"),
      [],
    );
  });

  it("shows the last state without a network, and sends later what is written then", async () => {
    const ada = await people.open("Ada", "/", installed);
    const { page } = ada;
    await ada.startSession("On a train");
    await ada.say("Before the tunnel");
    await ada.hears("Before the tunnel");
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.waitForFunction(() => JSON.stringify(sessionStorage).includes("Before the tunnel"));

    await contextOf(ada).setOffline(true);
    await page.reload();
    await page.getByRole("heading", { name: "On a train" }).waitFor();
    await ada.message("Before the tunnel").waitFor();
    await ada.say("In the tunnel");
    await page.getByText("Is sent as soon as the connection is back.").waitFor();

    await contextOf(ada).setOffline(false);
    await ada.connected();
    await ada.hears("In the tunnel");
    assert.deepEqual(await ada.transcript(), ["Before the tunnel", "In the tunnel"]);
    assert.deepEqual(ada.complaints, []);
  });

  it("opens at every address without a network, and keeps nothing of the service's answers", async () => {
    const { page } = await people.open("Ada", "/", installed);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.context().setOffline(true);
    await page.goto("/s/anywhere");
    await page.getByRole("heading", { name: "Enter the session" }).waitFor();
    const kept = await page.evaluate(async () => {
      const caches = globalThis.caches;
      const names = await caches.keys();
      const requests = await Promise.all(
        names.map(async (name) => (await caches.open(name)).keys()),
      );
      return requests.flat().map(({ url }) => new URL(url).pathname);
    });
    assert.ok(kept.length > 3);
    assert.deepEqual(
      kept.filter((path) => path.startsWith("/api")),
      [],
    );
  });
});
