/** Whether every word that is looked for begins a word of the text, whatever its case and accents. */
export function matches(text: string, wanted: string): boolean {
  const words = plain(text).split(/[\s\-_/.,:;()]+/);
  return plain(wanted)
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)));
}

function plain(text: string): string {
  return text.trim().normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
