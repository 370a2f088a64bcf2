import assert from "node:assert/strict";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";

/** Somebody at a page, with what they do and see there. They find things as people do: by name. */
export class Person {
  readonly name: string;
  readonly page: Page;
  readonly #pictures: string;
  /** What went wrong on the page by itself. */
  readonly complaints: string[] = [];

  constructor(name: string, page: Page, pictures: string) {
    this.name = name;
    this.page = page;
    this.#pictures = pictures;
    page.on("pageerror", (error) => this.complaints.push(String(error)));
    page.on("console", (message) => {
      // A service that is down is an error on the console too, and part of the story.
      if (/Content Security Policy|React|violat/i.test(message.text())) {
        this.complaints.push(message.text());
      }
    });
  }

  async startSession(title: string): Promise<void> {
    await this.page.getByLabel("Your name").fill(this.name);
    await this.page.getByLabel("Session title").fill(title);
    await this.page.getByRole("button", { name: "Start session" }).click();
    await this.connected();
  }

  async enter(): Promise<void> {
    await this.page.getByLabel("Your name").fill(this.name);
    await this.page.getByRole("button", { name: "Enter", exact: true }).click();
    await this.connected();
  }

  /** Waits until the page says that it is connected. */
  async connected(): Promise<void> {
    await this.page.getByRole("banner").getByText("Connected", { exact: true }).waitFor();
  }

  /** Waits until the page says that it is not. */
  async disconnected(): Promise<void> {
    const words = /^(Connection lost|Connecting)/;
    await this.page.getByRole("banner").getByText(words).waitFor();
  }

  async createRoom(name: string): Promise<void> {
    await this.page.getByLabel("New room").fill(name);
    await this.page.getByRole("button", { name: "Create room" }).click();
    await this.room(name).waitFor();
  }

  /** Makes a room that is to be opened later. */
  async prepareRoom(name: string): Promise<void> {
    await this.page.getByLabel("Open it later").check();
    await this.createRoom(name);
    await this.room(name).getByText("Being prepared").waitFor();
  }

  /** Assigns somebody to a room, as a host. */
  async assign(name: string, room: string): Promise<void> {
    const person = this.person(name);
    await person.getByText("Manage").click();
    await person.getByLabel("Assignment").selectOption(room);
    const form = person.locator("form").filter({ has: this.page.getByLabel("Assignment") });
    await form.getByRole("button", { name: "Apply" }).click();
    await person.getByText(`Assigned to ${room}`).waitFor();
    await person.getByText("Manage").click();
  }

  async join(room: string): Promise<void> {
    await this.page.getByRole("button", { name: `Join ${room}` }).click();
    await this.isIn(room);
  }

  /** Waits until the page shows this person in a room. */
  async isIn(room: string): Promise<void> {
    await this.room(room).getByText("You are here").waitFor();
  }

  async say(text: string): Promise<void> {
    const field = this.page.getByRole("textbox", { name: "Message to" });
    await field.fill(text);
    await field.press("Enter");
  }

  /** Waits for words of somebody, and sees that they are there once and settled. */
  async hears(text: string): Promise<void> {
    const settled = this.message(text).and(this.page.locator("[data-seq]"));
    await settled.waitFor();
    assert.equal(await this.message(text).count(), 1, `${this.name} sees “${text}” once`);
  }

  message(text: string): Locator {
    return this.page.getByRole("log").getByRole("listitem").filter({ hasText: text });
  }

  /** What was said in the room that is shown, in order, as far as it is on the page: about three screens. */
  async transcript(): Promise<string[]> {
    return this.page.getByRole("log").locator("[data-seq] .flagship-content").allTextContents();
  }

  /** What was said in the room that is shown, from the first that is loaded to the last: scrolls through all of it. */
  async wholeTranscript(): Promise<string[]> {
    return this.page.getByRole("log").evaluate(async (list) => {
      const said = new Map<number, string>();
      const frame = () => new Promise(requestAnimationFrame);
      list.scrollTo(0, 0);
      for (;;) {
        await frame();
        await frame();
        for (const row of list.querySelectorAll<HTMLElement>("[data-seq]")) {
          said.set(
            Number(row.dataset.seq),
            row.querySelector(".flagship-content")?.textContent ?? "",
          );
        }
        const { scrollTop } = list;
        list.scrollBy(0, list.clientHeight / 2);
        if (list.scrollTop === scrollTop) break;
      }
      return [...said].sort(([a], [b]) => a - b).map(([, text]) => text);
    });
  }

  room(name: string): Locator {
    return this.region("Rooms")
      .getByRole("listitem")
      .filter({ has: this.page.getByRole("heading", { name, exact: true }) });
  }

  person(name: string): Locator {
    // By their own name only: what can be done about somebody lists the names of others.
    return this.region(/^People/)
      .getByRole("listitem")
      .filter({ has: this.page.locator(".flagship-alias", { hasText: name }) });
  }

  dialog(name: string | RegExp): Locator {
    return this.page.getByRole("dialog", { name });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  /** Waits until the page has told something, to the eye or to the ear. */
  async isTold(words: string | RegExp): Promise<void> {
    const told = this.page.getByRole("status").getByText(words);
    await told.first().waitFor({ state: "attached" });
  }

  /** Opens what can be done about a room or somebody. */
  async manage(name: string): Promise<void> {
    await this.page.getByText(`Manage ${name}`).click();
  }

  /** Chooses from a list and applies it. */
  async choose(within: Locator, label: string, option: string): Promise<void> {
    const form = within.locator("form").filter({ has: this.page.getByLabel(label) });
    await form.getByLabel(label).selectOption(option);
    await form.getByRole("button", { name: "Apply" }).click();
  }

  /** The size of a phone, or of a desk again. Fails if something is wider than the phone. */
  async onPhone(does: () => Promise<void>): Promise<void> {
    await this.page.setViewportSize({ width: 360, height: 740 });
    await does();
    const width = await this.page.evaluate(() => document.documentElement.scrollWidth);
    assert.equal(width, 360, "nothing is wider than a phone");
    await this.page.setViewportSize({ width: 1280, height: 800 });
  }

  /** Their id, as their token has it. */
  id(): Promise<string> {
    return this.page.evaluate<string>(
      `JSON.parse(atob(JSON.parse(sessionStorage.getItem("flagship.identity")).token.split(".")[1])).sub`,
    );
  }

  region(name: string | RegExp): Locator {
    return this.page.getByRole("region", { name });
  }

  /** Saves what the page looks like in `test-results/`. */
  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: join(this.#pictures, `${name}.png`) });
  }
}
