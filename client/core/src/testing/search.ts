import type {
  DirectMessage,
  Message,
  ParticipantId,
  SearchPage,
  StreamId,
} from "../generated/protocol.ts";
import { type FakeSession, Refusal } from "./session.ts";

/** Most messages that a page has, unless it is said. */
const PAGE = 50;

/** Somebody looks for words: in the rooms that they are in and their direct messages, or in one of these rooms. */
export function search(
  session: FakeSession,
  who: ParticipantId,
  query: URLSearchParams,
): SearchPage {
  const words = folded(query.get("q") ?? "").split(/\s+/u);
  if (words.join("") === "") throw new Refusal("invalid", "q: say what to look for");
  const [room, limit] = [query.get("room"), Number(query.get("limit") ?? PAGE)];
  const before = Number(query.get("before") ?? Number.POSITIVE_INFINITY);
  const followed = Object.keys(session.positions(who));
  const streams = followed.filter((stream) => room === null || stream === `room:${room}`);
  if (streams.length === 0) throw new Refusal("not_in_room", "you are not in this room");
  const found = streams
    .flatMap((stream) => saidIn(session, stream))
    .filter(
      ({ message }) => !("roomId" in message) || session.mayRead(who, message.roomId, message.seq),
    )
    .filter(({ rev, message }) => {
      const content = folded(message.content);
      return rev < before && words.every((word) => content.includes(word));
    })
    .sort((a, b) => b.rev - a.rev);
  const page = found.slice(0, limit);
  const direct = page.flatMap(({ message }) => ("recipientId" in message ? [message] : []));
  return {
    messages: page.flatMap(({ message }) => ("roomId" in message ? [message] : [])),
    ...(direct.length > 0 && { directMessages: direct }),
    before: found.length > limit ? (page.at(-1)?.rev ?? null) : null,
  };
}

/** What is said in a stream, as it is by now, and when it was said. */
function saidIn(session: FakeSession, stream: StreamId) {
  const said = new Map<string, { rev: number; message: Message | DirectMessage }>();
  for (const event of session.events.get(stream) ?? []) {
    if (event.type === "message_created" || event.type === "direct_message_created") {
      said.set(event.message.id, { rev: event.rev, message: event.message });
    }
    const known = event.type === "message_edited" ? said.get(event.message.id) : undefined;
    if (known && event.type === "message_edited") known.message = event.message;
    if (event.type === "message_deleted") said.delete(event.messageId);
  }
  return [...said.values()];
}

function folded(text: string): string {
  return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase().trim();
}
