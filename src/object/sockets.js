// Sends frames to many sockets in one crossing from Rust.
//
// `frames` is JSON: one frame, or `many` of them separated by commas. `answers` has, for some of
// the sockets, further frames for them alone. A socket that is gone is noticed by its close event.
export function sendAll(sockets, frames, many, answers) {
  const text = many ? `[${frames}]` : frames;
  const together = frames.length <= LONG;
  for (const socket of sockets) {
    const own = answers.size === 0 ? undefined : answers.get(socket);
    try {
      if (own !== undefined && together) {
        socket.send(`[${frames},${own}]`);
      } else {
        socket.send(text);
        if (own !== undefined) socket.send(`[${own}]`);
      }
    } catch {
      // Closing or closed.
    }
  }
}

/**
 * Characters from which a second message costs less than one text that is put together for each
 * socket: V8 has a mapping of its own for each that is longer.
 */
const LONG = 100_000;

/** Connections by their sockets: reading what is attached to a socket would cost far more. */
const names = new WeakMap();

export const nameSocket = (socket, name) => void names.set(socket, name);

/** When a socket's last `ping` was answered by the platform, in milliseconds since the epoch. */
export const pingedAt = (state, socket) =>
  state.getWebSocketAutoResponseTimestamp(socket)?.getTime();

export const socketName = (socket) => names.get(socket);

/**
 * Takes no further message for a moment, so that those of all sockets come in turn.
 *
 * As long as one socket has something to read, the platform reads nothing else; with nothing to be handed over it looks
 * at all of them, and hands over one message of each.
 */
export const takeTurns = (state) =>
  void state.blockConcurrencyWhile(() => new Promise((resolve) => setTimeout(resolve, 0)));
