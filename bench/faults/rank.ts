// Socket.IO numbers messages over all rooms, and with holes. The checker wants each stream's own
// count: the place of a message among all that anybody saw of its stream.

import { readFileSync, writeFileSync } from "node:fs";

interface Line {
  type: string;
  stream?: string;
  seq?: number;
}

export function rank(recording: string): void {
  const lines = readFileSync(recording, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);
  const known = new Map<string, Set<number>>();
  const seen = (line: Line): line is Line & { stream: string; seq: number } => line.type === "saw";
  for (const { stream, seq } of lines.filter(seen)) {
    known.set(stream, (known.get(stream) ?? new Set()).add(seq));
  }
  const places = new Map(
    [...known].map(([stream, seqs]) => {
      const sorted = [...seqs].sort((one, other) => one - other);
      return [stream, new Map(sorted.map((seq, index) => [seq, index + 1]))];
    }),
  );
  for (const line of lines.filter(seen)) {
    line.seq = places.get(line.stream)?.get(line.seq) ?? 0;
  }
  writeFileSync(recording, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}
