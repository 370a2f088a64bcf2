import type { ReactNode } from "react";

// What a message needs, read from its text by the type checker: a value that is forgotten or misspelt is an error
// where the message is used. A branch of a plural is taken for no value as long as it has a space or a `#` in it;
// a test holds the messages to that.

/** The names of the values in a message: `{name}`, `{count, plural, …}`. */
export type ValueNames<Text extends string> = Text extends `${string}{${infer Rest}`
  ? Identifier<Before<Before<Before<Rest, "}">, ",">, "{">> | ValueNames<Rest>
  : never;

/** The names of the tags in a message: `<strong>…</strong>`. */
export type TagNames<Text extends string> = Text extends `${string}<${infer Rest}`
  ? (Rest extends `/${string}` ? never : Before<Rest, ">">) | TagNames<Rest>
  : never;

type Before<Text extends string, Mark extends string> = Text extends `${infer Head}${Mark}${string}`
  ? Head
  : Text;

type Identifier<Text extends string> = Text extends "" | `${string}${" " | "#"}${string}`
  ? never
  : Text;

/** Text is set apart from the words around it; a number is written as the language writes it. */
export type Value = string | number;

/** Surrounds a part of a message with an element. */
export type Tag = (content: ReactNode) => ReactNode;

/** The values that a message needs: nothing, where it needs none. */
export type Values<Text extends string> = [ValueNames<Text>] extends [never]
  ? []
  : [values: Record<ValueNames<Text>, Value>];

/** The values and the elements that a message needs. */
export type RichValues<Text extends string> = Record<ValueNames<Text>, Value | ReactNode> &
  Record<TagNames<Text>, Tag>;
