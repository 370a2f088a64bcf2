import { IntlMessageFormat } from "intl-messageformat";
import { createElement, Fragment, type ReactNode } from "react";
import { isolated } from "./bidi.ts";
import type { RichValues, Tag, Value, Values } from "./message-types.ts";

/** The words of one language, by key, in ICU's message format. */
export type Messages = Readonly<Record<string, string>>;

/** Says things in one language. */
export interface Translate<M extends Messages> {
  /** A text. */
  <Key extends keyof M & string>(key: Key, ...values: Values<M[Key]>): string;
  /** A text with elements in it. */
  rich<Key extends keyof M & string>(key: Key, values: RichValues<M[Key]>): ReactNode;
}

/** Where words go that are written in one direction or the other. */
export interface Writing {
  /** How numbers are written and plurals chosen, such as `en-GB`. */
  readonly locale: string;
  readonly dir: "ltr" | "rtl";
}

/** Says things with given words. Each message is read once, when it is first needed. */
export function translator<M extends Messages>(messages: M, writing: Writing): Translate<M> {
  const { locale, dir } = writing;
  const read = new Map<string, IntlMessageFormat>();
  const format = (key: string): IntlMessageFormat => {
    const known = read.get(key);
    if (known) return known;
    const made = new IntlMessageFormat(messages[key] ?? key, locale);
    read.set(key, made);
    return made;
  };
  const apart = (value: unknown) => (typeof value === "string" ? isolated(value, dir) : value);
  const prepared = (values: Record<string, unknown> | undefined) =>
    values && Object.fromEntries(Object.entries(values).map(([name, it]) => [name, apart(it)]));

  function say(key: string, values?: Record<string, Value>): string {
    return format(key).format(prepared(values) as Record<string, Value>) as string;
  }

  function rich(key: string, values: Record<string, ReactNode | Tag>): ReactNode {
    const withTags = Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "function"
        ? (parts: ReactNode[]) => value(createElement(Fragment, null, ...parts))
        : apart(value),
    ]);
    const parts = format(key).format<ReactNode>(Object.fromEntries(withTags));
    return Array.isArray(parts) ? createElement(Fragment, null, ...parts) : (parts as ReactNode);
  }

  return Object.assign(say, { rich }) as unknown as Translate<M>;
}
