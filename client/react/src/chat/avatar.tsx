import type { CSSProperties } from "react";

/** Somebody's initials on a colour of their own: for the eye only, the name stands beside it. */
export function Avatar({ id, alias }: { id: string; alias: string }) {
  return (
    <span
      className="flagship-avatar"
      aria-hidden="true"
      style={{ "--hue": hueOf(id) } as CSSProperties}
    >
      {initialsOf(alias)}
    </span>
  );
}

/** The same hue for the same person everywhere, in degrees. */
function hueOf(id: string): number {
  let hash = 0;
  for (const character of id) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 3_600_000;
  // The golden angle keeps neighbours apart.
  return Math.round((hash * 137.508) % 360);
}

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The first characters of the first and the last word, as people see characters. */
export function initialsOf(alias: string): string {
  const words = alias.trim().split(/\s+/);
  const first = (word: string | undefined) =>
    word ? ([...segmenter.segment(word)][0]?.segment ?? "") : "";
  const last = words.length > 1 ? first(words.at(-1)) : "";
  return (first(words[0]) + last).toLocaleUpperCase();
}
