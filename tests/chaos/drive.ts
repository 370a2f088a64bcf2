// Puts a system through a schedule, heals everything, and waits until everybody has everything.

import { setTimeout as pause } from "node:timers/promises";
import { Link } from "./link.ts";
import { Recording } from "./recording.ts";
import { Replays } from "./replay.ts";
import { type Act, contentOf, type Shape, schedule } from "./schedule.ts";
import type { Counts, Side, Talker } from "./side.ts";

/** What came of a run. */
export interface Outcome {
  recording: string;
  replays: Replays;
  counts: Counts;
  /** How often each thing was done. */
  acts: Record<Act["type"], number>;
  /** Milliseconds from the last fault until all was in place. */
  healedMs: number;
  /** What the system was found to hold. */
  notes: string[];
}

interface Person {
  link: Link;
  talker: Talker;
  /** Faults that overlap: it heals with the last. */
  cuts: number;
  polls: number;
}

export async function drive(side: Side, shape: Shape, file: string): Promise<Outcome> {
  const recording = new Recording(file);
  const replays = new Replays();
  const counts: Counts = { resumed: 0, fresh: 0, polled: 0 };
  const people: Person[] = [];
  for (let who = 0; who < shape.rooms * shape.people; who += 1) {
    const link = await Link.open(() => side.port);
    const company = { record: recording.of(`p${who}`), replays, counts };
    const talker = await side.talker(who, who % shape.rooms, link, company);
    people.push({ link, talker, cuts: 0, polls: 0 });
  }
  for (let from = 0; from < people.length; from += 20) {
    await Promise.all(people.slice(from, from + 20).map(({ talker }) => talker.join()));
  }
  await side.begin?.();

  const run = new Run(side, people);
  const began = performance.now();
  for (const act of schedule(shape)) {
    // The schedule is the load: its times are part of it.
    await pause(Math.max(0, began + act.at - performance.now()));
    run.perform(act);
  }
  await run.heal();
  const healing = performance.now();
  await Promise.all(people.map(({ talker }) => talker.settled()));
  await Promise.all(people.map(({ talker }) => talker.caughtUp()));
  const healedMs = performance.now() - healing;
  const notes = (await side.verify?.()) ?? [];
  for (const { talker } of people) talker.stop();
  await Promise.all(people.map(({ link }) => link.close()));
  await recording.close();
  return { recording: file, replays, counts, acts: run.acts, healedMs, notes };
}

class Run {
  readonly acts: Outcome["acts"] = {
    say: 0,
    change: 0,
    whisper: 0,
    kill: 0,
    archive: 0,
    cut: 0,
    unheard: 0,
    reload: 0,
    polling: 0,
  };
  readonly #side: Side;
  readonly #people: Person[];
  readonly #going = new Set<Promise<void>>();
  /** What is done to the process, one after another. */
  #service: Promise<void> = Promise.resolve();
  #said = 0;
  #changed = 0;

  constructor(side: Side, people: Person[]) {
    this.#side = side;
    this.#people = people;
  }

  perform(act: Act): void {
    this.acts[act.type] += 1;
    if (act.type === "kill") {
      this.#toService(async () => {
        await this.#side.kill();
        await pause(act.downMs);
        await this.#side.restart();
      });
      return;
    }
    if (act.type === "archive") {
      this.#toService(async () => this.#side.breakArchive?.());
      this.#later(act.downMs, () => this.#toService(async () => this.#side.mendArchive?.()));
      return;
    }
    const person = this.#people[act.who];
    if (person) this.#toPerson(person, act);
  }

  /** Waits until every fault has had its end. */
  async heal(): Promise<void> {
    while (this.#going.size > 0) await Promise.all(this.#going);
    await this.#service;
  }

  #toPerson(person: Person, act: Exclude<Act, { type: "kill" | "archive" }>): void {
    const { link, talker } = person;
    switch (act.type) {
      case "say":
        this.#say(talker, act.everywhere, act.twice);
        break;
      case "change":
        this.#changed += 1;
        talker.change?.(`c${this.#changed}`, act.what);
        break;
      case "whisper": {
        this.#changed += 1;
        const key = `c${this.#changed}`;
        talker.whisper?.(key, contentOf(key), act.to, act.what);
        break;
      }
      case "unheard":
        if (person.cuts > 0) break;
        link.deafen();
        this.#say(talker, false, false);
        this.#later(act.deafMs, () => link.drop());
        break;
      case "cut":
        person.cuts += 1;
        link.cut();
        this.#later(act.offlineMs, () => {
          person.cuts -= 1;
          if (person.cuts === 0) link.mend();
        });
        break;
      case "reload":
        talker.reload();
        break;
      case "polling":
        person.polls += 1;
        talker.setPolling(true);
        this.#later(act.forMs, () => {
          person.polls -= 1;
          if (person.polls === 0) talker.setPolling(false);
        });
        break;
    }
  }

  #say(talker: Talker, everywhere: boolean, twice: boolean): void {
    this.#said += 1;
    const key = `k${this.#said}`;
    talker.say(key, contentOf(key), everywhere, twice);
  }

  #toService(action: () => Promise<void> | undefined): void {
    this.#service = this.#service.then(action);
  }

  #later(ms: number, action: () => void): void {
    const going = pause(ms).then(action);
    this.#going.add(going);
    void going.finally(() => this.#going.delete(going));
  }
}
