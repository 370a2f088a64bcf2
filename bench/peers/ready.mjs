// How a peer tells the bench where it listens, and when it ends.

/** Tells the port; from then on the process ends when its standard input does. */
export function ready(port) {
  process.stdin.on("close", () => process.exit(0)).resume();
  console.log(JSON.stringify({ port }));
}
