import { LIMITS, type Participant, type ParticipantId } from "@flagship/core";
import { matches } from "../shared/matches.ts";

type Named = Pick<Participant, "id" | "alias">;

/** A part of a text: as it is, or the mention of somebody. */
export interface Part {
  text: string;
  id?: ParticipantId;
}

/** A text in its parts, where some people are mentioned as `@` and their alias. Of two aliases the longer counts. */
export function mentionedIn(text: string, people: readonly Named[]): Part[] {
  const byLength = [...people].sort((a, b) => b.alias.length - a.alias.length);
  const parts: Part[] = [];
  let plain = "";
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    const person = rest.startsWith("@")
      ? byLength.find(({ alias }) => isName(rest, alias))
      : undefined;
    if (!person) {
      plain += rest[0];
      at += 1;
      continue;
    }
    if (plain !== "") parts.push({ text: plain });
    plain = "";
    const { length } = person.alias;
    parts.push({ text: rest.slice(0, length + 1), id: person.id });
    at += length + 1;
  }
  return plain === "" ? parts : [...parts, { text: plain }];
}

/** Whether a text begins with the mention of an alias, and not of one that goes on. */
function isName(text: string, alias: string): boolean {
  if (!text.startsWith(alias, 1)) return false;
  const next = text[alias.length + 1];
  return next === undefined || !/[\p{L}\p{N}_]/u.test(next);
}

/** Those of some people whom a text mentions, each once, as many as a message may. */
export function mentionsOf(text: string, people: readonly Named[]): ParticipantId[] {
  if (!text.includes("@")) return [];
  const ids = mentionedIn(text, people).flatMap(({ id }) => id ?? []);
  return [...new Set(ids)].slice(0, LIMITS.mentions);
}

/** The name that is being written after an `@`: where it begins, and what is there of it. */
export interface Started {
  start: number;
  wanted: string;
}

/** Whether somebody is about to be mentioned in front of the caret. */
export function startedMention(text: string, caret: number): Started | undefined {
  const before = text.slice(0, caret);
  const start = before.lastIndexOf("@");
  if (start < 0 || /[\p{L}\p{N}]/u.test(before[start - 1] ?? "")) return undefined;
  const wanted = before.slice(start + 1);
  return /\n|\s\s/.test(wanted) || wanted.length > 40 ? undefined : { start, wanted };
}

/** The most people that are offered at once. */
const MOST = 6;

/** Whom a begun name may mean. */
export function candidates(wanted: string, people: readonly Participant[]): Participant[] {
  return people.filter(({ alias }) => wanted === "" || matches(alias, wanted)).slice(0, MOST);
}
