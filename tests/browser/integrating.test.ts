// docs/integrating.md as it stands: its React and its TypeScript on a stranger's page, its curl in a shell.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { describe, it } from "node:test";
import { promisify } from "node:util";
import { post } from "./support/api.ts";
import { startBrowser } from "./support/browser.ts";
import type { Person } from "./support/person.ts";
import { startServer } from "./support/server.ts";
import { servePage, snippetsOf } from "./support/stranger.ts";

const server = await startServer({ ALLOWED_ORIGINS: "*" });
const people = await startBrowser(server.url);

const [manager = "", hook = ""] = snippetsOf("integrating.md", "tsx");
const [plain = ""] = snippetsOf("integrating.md", "ts");
const [curl = ""] = snippetsOf("integrating.md", "sh");

/** What the page around a snippet has: the address of this service, a token and a session. */
async function scene(title: string) {
  const { token } = await post<{ token: string }>(server, "/api/dev/token", { alias: "Ada" });
  const body = { title };
  const { session } = await post<{ session: { id: string } }>(server, "/api/sessions", body, token);
  const around = `const getToken = () => ${JSON.stringify(token)};
    const sessionId = ${JSON.stringify(session.id)};`;
  const here = (code: string) => code.replaceAll("https://flagship.example.com", server.url);
  return { id: session.id, around, here };
}

describe("a stranger's page with React", () => {
  let id: string;
  let ada: Person;
  let grace: Person;

  it("has breakout rooms after five lines", async () => {
    const { around, here, ...session } = await scene("Course");
    id = session.id;
    const page = await servePage(`${here(manager)}
      ${hook.replace("export function", "function")}
      import { createRoot } from "react-dom/client";
      import { StrictMode } from "react";
      ${around}
      createRoot(document.getElementById("rooms")!).render(
        <StrictMode><Rooms sessionId={sessionId} /></StrictMode>,
      );
      // The hook in a part of the page of its own.
      const other = document.createElement("div");
      document.body.append(other);
      createRoot(other).render(
        <FlagshipProvider url={${JSON.stringify(server.url)}} getToken={getToken}>
          <WhereAmI sessionId={sessionId} />
        </FlagshipProvider>,
      );`);
    ada = await people.open("Ada", page);
    const rooms = ada.page.getByRole("region", { name: "Breakout rooms" });
    await rooms.getByText("Connected", { exact: true }).waitFor();
    await ada.page.getByText("Course: Main").waitFor();

    await rooms.getByRole("button", { name: "Rooms", exact: true }).click();
    await ada.createRoom("Blue");
    await ada.page.getByRole("button", { name: "Go to Blue" }).click();
    await ada.isIn("Blue");
    await ada.page.getByText("Course: Blue").waitFor();
  });

  it("is in one session with the web app", async () => {
    grace = await people.open("Grace", `/s/${id}`);
    await grace.enter();
    await grace.join("Blue");
    await grace.say("Are you there?");
    const rooms = ada.page.getByRole("region", { name: "Breakout rooms" });
    await rooms.getByRole("button", { name: "Chat", exact: true }).click();
    await ada.hears("Are you there?");
    await ada.say("Yes.");
    await grace.hears("Yes.");
  });

  it("looks as before, and so do the rooms", async () => {
    const styles = await ada.page.evaluate(() => {
      const of = (selector: string) => {
        const element = document.querySelector(selector);
        if (!element) throw new Error(`nothing is ${selector}`);
        const { padding, backgroundColor, textTransform, fontStyle, color } =
          getComputedStyle(element);
        return { padding, backgroundColor, textTransform, fontStyle, color };
      };
      return {
        heading: of("body > h1").color,
        list: of("body > ul").padding,
        button: of("body > button"),
        body: of("body").fontStyle,
        inside: of("#rooms .flagship button"),
      };
    });
    assert.equal(styles.heading, "rgb(200, 0, 100)");
    assert.equal(styles.list, "0px 0px 0px 40px");
    assert.equal(styles.button.padding, "30px");
    assert.equal(styles.button.backgroundColor, "rgb(255, 255, 0)");
    assert.equal(styles.body, "italic");
    assert.notEqual(styles.inside.padding, "30px");
    assert.notEqual(styles.inside.backgroundColor, "rgb(255, 255, 0)");
    assert.deepEqual(
      [styles.inside.textTransform, styles.inside.fontStyle],
      ["none", "normal"],
      "nothing of the page's text comes through",
    );
    await ada.page.screenshot({ path: "test-results/stranger.png" });
  });

  it("has no class that the page has styles for, and no styles for one of the page's", async () => {
    const rooms = ada.page.getByRole("region", { name: "Breakout rooms" });
    await rooms.getByRole("button", { name: "Rooms", exact: true }).click();
    await rooms.getByRole("button", { name: "Debrief…" }).click();
    const dialog = ada.page.getByRole("dialog", { name: "Debrief" });
    await dialog.getByRole("button", { name: /CSV/ }).waitFor();
    const names = await ada.page.evaluate(() => [
      ...new Set(
        [...document.querySelectorAll(".flagship, .flagship *")].flatMap((element) => [
          ...element.classList,
        ]),
      ),
    ]);
    assert.ok(names.length > 40, `${names.length} names`);
    assert.deepEqual(
      names.filter((name) => !/^(flagship(-|$)|uplot$|u-)/.test(name)),
      [],
    );
    await dialog.getByRole("button", { name: "Close" }).click();
    const [own, plain] = await ada.page.evaluate(() => {
      const looks = (element: Element) => {
        const { display, padding, border, borderRadius, margin, background, fontSize } =
          getComputedStyle(element);
        return { display, padding, border, borderRadius, margin, background, fontSize };
      };
      const element = document.querySelector(".ours");
      const other = document.createElement("p");
      document.body.append(other);
      return [element && looks(element), looks(other)];
    });
    assert.deepEqual(own, plain, "it looks as any paragraph of the page");
  });

  it("answers in the console why somebody may not do something", async () => {
    const printed: string[] = [];
    ada.page.on("console", (message) => printed.push(message.text()));
    const said = await ada.page.evaluate<{ role: string }>(`debugBreakoutPermissions("${id}")`);
    const tried = await ada.page.evaluate<{ wouldSucceed: boolean }>(
      `testBreakoutPermissions("${id}")`,
    );
    assert.deepEqual([said.role, tried.wouldSucceed], ["host", true]);
    assert.match(printed.join("\n"), /yes +create_room/);
    assert.match(printed.join("\n"), /would be created/);
    assert.equal(await ada.room("Test room").count(), 0, "nothing was changed");
  });

  it("made no page complain", () => {
    // React in development says that it has tools; the commands of the console print what they found.
    const expected = /React DevTools|^Session [\w-]+: you are/;
    for (const { complaints } of [ada, grace]) {
      assert.deepEqual(
        complaints.filter((said) => !expected.test(said)),
        [],
      );
    }
  });
});

describe("plain TypeScript", () => {
  it("does as the page says, without React", async () => {
    const { around, here } = await scene("Plain");
    // What is imported stands first.
    const [imports = "", rest = ""] = here(plain).split(/(?<=services";\n)/);
    const page = await servePage(`${imports}
      ${around}
      ${rest}
      document.title = "done";`);
    const ada = await people.open("Ada", "about:blank");
    const printed: string[] = [];
    ada.page.on("console", (message) => printed.push(message.text()));
    await ada.page.goto(page);
    await ada.page.waitForFunction(() => document.title === "done");
    assert.ok(printed.includes("last said: Hello!"), printed.join("\n"));
    assert.ok(printed.includes("accepted"), printed.join("\n"));
    assert.deepEqual(ada.complaints, []);
  });
});

describe("curl", () => {
  it("does as the page says", async () => {
    const { stdout } = await promisify(execFile)("bash", ["-euo", "pipefail", "-c", curl], {
      env: { ...process.env, FLAGSHIP: server.url },
    });
    assert.match(stdout, /"room":\{"id":"[^"]+","name":"Blue"/);
    assert.match(stdout, /"messages":\[\{[^\]]*"content":"Hello!"/);
  });
});
