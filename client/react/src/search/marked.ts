/** A part of a text: as it is, or one that was looked for. */
export interface MarkedPart {
  text: string;
  isFound: boolean;
}

/** Text before the first find that is shown with it, and the most that is shown. Characters. */
const BEFORE = 40;
const MOST = 240;

/**
 * A text with the words in it that were looked for, whatever their case and accents. Of a long one, what stands around
 * the first of them.
 */
export function marked(text: string, wanted: string): MarkedPart[] {
  const line = text.replaceAll(/\s+/g, " ").trim();
  const characters = [...line];
  const plain = characters.map(fold);
  const words = wanted.trim().split(/\s+/).map(fold).filter(Boolean);
  const isFound = characters.map(() => false);
  for (let at = 0; at < characters.length; at += 1) {
    for (const word of words) {
      const length = lengthOf(plain, at, word);
      if (length > 0) isFound.fill(true, at, at + length);
    }
  }
  const first = Math.max(0, isFound.indexOf(true));
  const start = characters.length <= MOST || first < BEFORE ? 0 : first - BEFORE;
  const end = Math.min(characters.length, start + MOST);
  const parts: MarkedPart[] = [];
  for (let at = start; at < end; at += 1) {
    const last = parts.at(-1);
    const is = isFound[at] ?? false;
    if (last?.isFound === is) last.text += characters[at];
    else parts.push({ text: characters[at] ?? "", isFound: is });
  }
  if (start > 0) parts.unshift({ text: "…", isFound: false });
  if (end < characters.length) parts.push({ text: "…", isFound: false });
  return parts;
}

/** How many characters from a place on make a word; 0 if they do not. */
function lengthOf(plain: readonly string[], start: number, word: string): number {
  let rest = word;
  for (let at = start; at < plain.length; at += 1) {
    const character = plain[at] ?? "";
    if (character === "") {
      // An accent that stands for itself: it belongs to the letter before it.
      if (at === start) return 0;
      continue;
    }
    if (!rest.startsWith(character)) return 0;
    rest = rest.slice(character.length);
    if (rest !== "") continue;
    let end = at + 1;
    while (plain[end] === "") end += 1;
    return end - start;
  }
  return 0;
}

function fold(text: string): string {
  return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
