/** Hebrew, Arabic and the other scripts that run from right to left, with the marks that turn a direction. */
const MAY_TURN = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/;

const FIRST_STRONG_ISOLATE = "\u2068";
const POP_ISOLATE = "\u2069";

/**
 * A name as a part of a sentence: neither may turn the other around. Where everything runs from left to right it
 * stays as it is, since there is nothing to keep apart.
 */
export function isolated(text: string, dir: "ltr" | "rtl"): string {
  if (dir === "ltr" && !MAY_TURN.test(text)) return text;
  return FIRST_STRONG_ISOLATE + closed(text) + POP_ISOLATE;
}

/** Without an end of its own to an isolate that it did not begin, which would let it out of the one it is put into. */
function closed(text: string): string {
  return text.replaceAll(/[\u202a-\u202e\u2066-\u2069]/g, "");
}
