// A new version of the page, while somebody has the one before open. Without the service: only the files matter.

import assert from "node:assert/strict";
import { after, it } from "node:test";
import { serveFiles } from "../../scripts/gallery/serve.mjs";
import { at } from "../../scripts/lib/project.mjs";
import { startBrowser } from "./support/browser.ts";

let version = "";
const files = await serveFiles(at("client", "app", "dist"), (path: string, content: Buffer) =>
  path === "/sw.js" ? Buffer.concat([content, Buffer.from(version)]) : content,
);
after(() => files.close());
const people = await startBrowser(files.url);

it("is announced, and taken when the person wants it", async () => {
  const ada = await people.open("Ada", "/", { isInstalled: true });
  const { page } = ada;
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const words = page.getByText("A new version of Flagship is ready.");
  assert.equal(await words.count(), 0);

  version = "\n// another version\n";
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await words.waitFor();
  await page.evaluate("globalThis.isOld = true");
  await ada.button("Reload").click();
  await page.waitForFunction(() => !("isOld" in globalThis));
  await page.getByRole("heading", { name: "Start a session" }).waitFor();
  assert.equal(await words.count(), 0);
  assert.deepEqual(ada.complaints, []);
});
