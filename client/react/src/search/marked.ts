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
  const folded: string[] = [];
  const plain = (at: number) => {
    const character = characters[at];
    if (character === undefined) return undefined;
    folded[at] ??= fold(character);
    return folded[at];
  };
  const words = [...new Set(wanted.trim().split(/\s+/).map(fold).filter(Boolean))];
  const isFound = characters.map(() => false);
  let found = -1;
  // Beyond what is shown after the first find, nothing is folded.
  for (let at = 0; at < characters.length && (found < 0 || at < found + MOST); at += 1) {
    for (const word of words) {
      const length = lengthOf(plain, at, word);
      if (length === 0) continue;
      isFound.fill(true, at, at + length);
      if (found < 0) found = at;
    }
  }
  const first = Math.max(0, found);
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
function lengthOf(plain: (at: number) => string | undefined, start: number, word: string): number {
  let rest = word;
  for (let at = start; ; at += 1) {
    const character = plain(at);
    if (character === undefined) return 0;
    if (character === "") {
      // An accent that stands for itself: it belongs to the letter before it.
      if (at === start) return 0;
      continue;
    }
    if (!rest.startsWith(character)) return 0;
    rest = rest.slice(character.length);
    if (rest !== "") continue;
    let end = at + 1;
    while (plain(end) === "") end += 1;
    return end - start;
  }
}

function fold(text: string): string {
  const letters = text.normalize("NFKD");
  return letters.replaceAll(/\p{M}|\p{Default_Ignorable_Code_Point}/gu, "").toLowerCase();
}
