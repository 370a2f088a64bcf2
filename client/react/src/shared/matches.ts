/** Texts whose words are kept: those of as many people and rooms as a session has, and of what is typed. */
const KEPT = 4_000;

/** The words of a text. With every letter that is typed, the same thousand names are looked into again. */
const known = new Map<string, readonly string[]>();

/** Whether every word that is looked for begins a word of the text, whatever its case and accents. */
export function matches(text: string, wanted: string): boolean {
  const words = wordsOf(text);
  return wantedWordsOf(wanted).every((part) => words.some((word) => word.startsWith(part)));
}

let last = { wanted: "", words: [""] };

/** The words that are looked for: the same in one text after the other. */
function wantedWordsOf(wanted: string): readonly string[] {
  if (last.wanted !== wanted) last = { wanted, words: plain(wanted).split(/\s+/) };
  return last.words;
}

function wordsOf(text: string): readonly string[] {
  let words = known.get(text);
  if (!words) {
    if (known.size >= KEPT) known.clear();
    words = plain(text).split(/[\s\-_/.,:;()]+/);
    known.set(text, words);
  }
  return words;
}

function plain(text: string): string {
  return text.trim().normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
