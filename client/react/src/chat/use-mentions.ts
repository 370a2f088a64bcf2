import { MAIN_ROOM, type Participant } from "@flagship/core";
import { type KeyboardEvent, type RefObject, useId, useMemo, useState } from "react";
import { useFormats } from "../i18n/formats.ts";
import { useSessionState } from "../session/context.tsx";
import { keepsOrder } from "../shared/names.ts";
import { type ConversationId, partnerOf } from "./conversations.ts";
import { candidates, startedMention } from "./mentions.ts";

interface MentionField {
  id: ConversationId;
  field: RefObject<HTMLTextAreaElement | null>;
  text: string;
  onText: (text: string) => void;
}

/** The people that are offered while a name is begun, for a field and the list beside it. */
export interface Mentions {
  listId: string;
  people: readonly Participant[];
  /** Which of them Enter takes. */
  chosen: number;
  take(person: Participant): void;
  /** The caret is elsewhere, or the text is another. */
  moved(): void;
  /** Whether a key was meant for the list. */
  takes(event: KeyboardEvent): boolean;
  /** What the field says of the list. */
  field: Record<`aria-${string}`, string | boolean | undefined>;
}

const NOBODY: readonly Participant[] = [];

/** Offers those who hear what is said here as soon as an `@` is written. */
export function useMentions({ id, field, text, onText }: MentionField): Mentions {
  const listId = useId();
  const { compare } = useFormats();
  const participants = useSessionState((state) => state.participants);
  const selfId = useSessionState((state) => state.selfId);
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState(0);
  const [dismissed, setDismissed] = useState<number>();
  const started = partnerOf(id) === undefined ? startedMention(text, caret) : undefined;
  const wanted = started && started.start !== dismissed ? started.wanted : undefined;
  const people = useMemo(() => {
    if (wanted === undefined) return NOBODY;
    const here = Object.values(participants).filter(
      (person) =>
        person.id !== selfId && (id === MAIN_ROOM || person.roomId === id || keepsOrder(person)),
    );
    // A whole name and a blank after it: it is done.
    if (here.some(({ alias }) => wanted === `${alias} `)) return NOBODY;
    return candidates(
      wanted,
      here.sort((a, b) => compare(a.alias, b.alias)),
    );
  }, [participants, selfId, id, wanted, compare]);
  const isOpen = people.length > 0;

  const take = (person: Participant) => {
    if (!started) return;
    const before = `${text.slice(0, started.start)}@${person.alias} `;
    onText(before + text.slice(caret).trimStart());
    setCaret(before.length);
    setChosen(0);
    // After the new text is in the field.
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(before.length, before.length);
    });
  };

  const takes = (event: KeyboardEvent): boolean => {
    if (!isOpen) return false;
    const person = people[chosen % people.length];
    if (event.key === "ArrowDown") setChosen((chosen + 1) % people.length);
    else if (event.key === "ArrowUp") setChosen((chosen + people.length - 1) % people.length);
    else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey && person)
      take(person);
    else if (event.key === "Escape") setDismissed(started?.start);
    else return false;
    event.preventDefault();
    return true;
  };

  return {
    listId,
    people,
    chosen: isOpen ? chosen % people.length : 0,
    take,
    takes,
    moved: () => {
      setCaret(field.current?.selectionStart ?? 0);
      if (!startedMention(text, field.current?.selectionStart ?? 0)) setDismissed(undefined);
    },
    field: isOpen
      ? {
          "aria-autocomplete": "list",
          "aria-controls": listId,
          "aria-activedescendant": `${listId}-${chosen % people.length}`,
        }
      : {},
  };
}
