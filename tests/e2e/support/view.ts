// What a client knows, built from frames alone, with every breach of the protocol noted: a gap, a
// repetition, two versions of one message.

import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type {
  DirectMessage,
  Message,
  Participant,
  Reaction,
  Resume,
  Room,
  SequencedEvent,
  ServerFrame,
  Session,
  Snapshot,
  Welcome,
} from "../../../client/core/src/generated/protocol.ts";

/** An event and the stream that it came in. */
export type Recorded = SequencedEvent & { stream: string };

/** Those of some streams that others follow too, by name. */
export const publicStreams = (streams: Record<string, number>): string[] =>
  Object.keys(streams)
    .filter((stream) => stream === "session" || stream.startsWith("room:"))
    .sort();

export class View {
  /** Every event that came, in the order in which it came. */
  readonly events: Recorded[] = [];
  /** Breaches of the protocol. */
  readonly faults: string[] = [];
  epoch = "";
  positions: Record<string, number> = {};
  session: Session | undefined;
  participants = new Map<string, Participant>();
  rooms = new Map<string, Room>();
  connected = new Set<string>();
  /** What was said directly to or by whom this is a view of, by id. */
  readonly directMessages = new Map<string, DirectMessage>();
  readonly #messages = new Map<string, Map<number, Message>>();

  /** What a `hello` says of it. */
  get resume(): Resume {
    return { epoch: this.epoch, streams: { ...this.positions } };
  }

  /** What was said in a room, as far as it is known, in order. */
  messages(room: string): Message[] {
    const said = [...(this.#messages.get(room)?.values() ?? [])];
    return said.sort((one, other) => one.seq - other.seq);
  }

  apply(frame: ServerFrame): void {
    switch (frame.type) {
      case "welcome":
        this.#welcome(frame);
        break;
      case "events":
        this.#events(frame.stream, frame.from, frame.events);
        break;
      case "ack":
        if (frame.streams) this.#follow(frame.streams, frame.messages ?? []);
        break;
      case "notice":
        if (frame.code === "streams_changed") this.#follow(frame.streams, frame.messages);
        break;
      case "presence":
        for (const who of frame.connected) this.connected.add(who);
        for (const who of frame.disconnected) this.connected.delete(who);
        break;
      case "nack":
      case "typing":
      case "direct_typing":
      case "read":
      case "receipts":
        break;
    }
  }

  /** Checks that nothing was amiss, and that this is what a newcomer is told. */
  assertAgrees(snapshot: Snapshot): void {
    this.assertSameState(snapshot);
    assert.deepEqual([...this.connected].sort(), [...snapshot.connected].sort());
  }

  /** The same, but for who is connected. */
  assertSameState(snapshot: Snapshot): void {
    assert.deepEqual(this.faults, []);
    assert.deepEqual(this.session, snapshot.session);
    const byId = <T extends { id: string }>(list: Iterable<T>) =>
      [...list].sort((one, other) => (one.id < other.id ? -1 : 1));
    assert.deepEqual(byId(this.participants.values()), byId(snapshot.participants));
    assert.deepEqual(byId(this.rooms.values()), byId(snapshot.rooms));
  }

  #welcome(welcome: Welcome): void {
    if (welcome.resumed) {
      if (welcome.epoch !== this.epoch) this.#fault("resumed into another epoch");
      if (welcome.snapshot) this.#fault("resumed, and yet a snapshot came");
      this.#follow(welcome.streams, welcome.messages ?? []);
      return;
    }
    const { snapshot } = welcome;
    if (!snapshot) {
      this.#fault("neither resumed nor a snapshot");
      return;
    }
    this.epoch = welcome.epoch;
    this.positions = { ...welcome.streams };
    this.session = snapshot.session;
    this.participants = new Map(snapshot.participants.map((one) => [one.id, one]));
    this.rooms = new Map(snapshot.rooms.map((room) => [room.id, room]));
    this.connected = new Set(snapshot.connected);
    for (const message of snapshot.messages) this.#add(message);
    this.directMessages.clear();
    for (const message of snapshot.own.directMessages ?? []) this.#addDirect(message);
  }

  #follow(streams: Record<string, number>, messages: Message[]): void {
    for (const [stream, position] of Object.entries(streams)) {
      const held = this.positions[stream];
      if (held !== undefined && held < position && stream.startsWith("room:")) {
        // What was said between is withheld: the room begins anew.
        this.#messages.delete(stream.slice("room:".length));
      } else if (held !== undefined && held !== position) {
        this.#fault(`${stream}: told ${position}, and ${held} was reached`);
      }
    }
    this.positions = { ...streams };
    for (const message of messages) this.#add(message);
  }

  #events(stream: string, from: number, events: SequencedEvent[]): void {
    if (this.positions[stream] !== from) {
      this.#fault(`${stream}: events from ${from}, and ${this.positions[stream]} was reached`);
    }
    let position = from;
    for (const event of events) {
      position += 1;
      if (event.seq !== position) this.#fault(`${stream}: ${event.seq}, not ${position}`);
      this.events.push({ ...event, stream });
      this.#happened(event);
    }
    this.positions[stream] = position;
  }

  #happened(event: SequencedEvent): void {
    switch (event.type) {
      case "session_created":
      case "session_updated":
      case "session_ended":
        this.session = event.session;
        break;
      case "participant_joined":
      case "participant_updated":
        this.participants.set(event.participant.id, event.participant);
        break;
      case "participant_left":
      case "participant_removed":
      case "participant_banned":
        this.participants.delete(event.participantId);
        break;
      case "breakout_room_created":
      case "breakout_room_opened":
      case "breakout_room_updated":
      case "breakout_room_closing":
      case "breakout_room_closed":
        this.rooms.set(event.room.id, event.room);
        if (event.type === "breakout_room_closed") this.#forgetEntries(event.room.id);
        break;
      case "breakout_room_deleted":
        this.rooms.delete(event.roomId);
        for (const [id, one] of this.participants) {
          if (one.assignedRoomId === event.roomId) this.#assign(id, null);
          this.#letSpeakIn(id, event.roomId);
        }
        this.#forgetEntries(event.roomId);
        break;
      case "participants_assigned":
        for (const { participantId, roomId } of event.assignments) {
          this.#assign(participantId, roomId);
        }
        break;
      case "breakout_room_joined":
        this.#locate(event.participantId, event.roomId);
        this.#change(event.participantId, { knockingRoomId: null, invitation: null });
        break;
      case "breakout_room_left":
        this.#locate(event.participantId, "main");
        break;
      case "message_created":
        if (this.#messages.get(event.message.roomId)?.has(event.seq)) {
          this.#fault(`message ${event.message.id} came twice`);
        }
        this.#add(event.message);
        break;
      case "message_edited":
        if (this.#find(event.message.id)) this.#add(event.message);
        break;
      case "message_deleted": {
        const known = this.#find(event.messageId);
        if (!known || (known.version ?? 0) >= event.rev) break;
        const { mentions: _, reactions: __, ...rest } = known;
        const { deletedBy, at, rev } = event;
        this.#add({ ...rest, content: "", deletedAt: at, deletedBy, version: rev });
        break;
      }
      case "message_reacted": {
        const known = this.#find(event.messageId);
        if (known && (known.version ?? 0) < event.rev) this.#add(reacted(known, event));
        break;
      }
      case "direct_message_created":
        if (this.directMessages.has(event.message.id))
          this.#fault(`${event.message.id} came twice`);
        this.#addDirect(event.message);
        break;
      case "direct_message_edited":
        if (this.directMessages.has(event.message.id)) this.#addDirect(event.message);
        break;
      case "direct_message_deleted": {
        const known = this.directMessages.get(event.messageId);
        if (!known || (known.version ?? 0) >= event.version) break;
        const { reactions: _, ...rest } = known;
        this.#addDirect({ ...rest, content: "", deletedAt: event.at, version: event.version });
        break;
      }
      case "direct_message_reacted": {
        const known = this.directMessages.get(event.messageId);
        if (known && (known.version ?? 0) < event.version)
          this.#addDirect(reacted(known, { ...event, rev: event.version }));
        break;
      }
      case "breakout_room_warning":
      case "participant_unbanned":
      case "guests_assigned":
      case "help_requested":
      case "help_updated":
      case "profile_updated":
        break;
    }
  }

  #locate(who: string, roomId: string): void {
    const participant = this.participants.get(who);
    if (participant) this.participants.set(who, { ...participant, roomId });
    else this.#fault(`${who} moved, and is not there`);
  }

  /** Also somebody who left can be assigned: they are told when they come back. */
  #assign(who: string, assignedRoomId: string | null): void {
    this.#change(who, { assignedRoomId });
  }

  #change(who: string, change: Partial<Participant>): void {
    const participant = this.participants.get(who);
    if (participant) this.participants.set(who, { ...participant, ...change });
  }

  #letSpeakIn(who: string, room: string): void {
    const participant = this.participants.get(who);
    if (!participant?.mutedIn) return;
    const { mutedIn, ...rest } = participant;
    const others = mutedIn.filter((id) => id !== room);
    this.participants.set(who, others.length > 0 ? { ...rest, mutedIn: others } : rest);
  }

  /** Nobody knocks at a room any more, and nobody is invited into it. */
  #forgetEntries(room: string): void {
    for (const { id, knockingRoomId, invitation } of this.participants.values()) {
      if (knockingRoomId === room) this.#change(id, { knockingRoomId: null });
      if (invitation?.roomId === room) this.#change(id, { invitation: null });
    }
  }

  #add(message: Message): void {
    const room = this.#messages.get(message.roomId) ?? new Map<number, Message>();
    this.#messages.set(message.roomId, room);
    const known = room.get(message.seq);
    if (this.#isNewer(known, message)) room.set(message.seq, message);
  }

  #addDirect(message: DirectMessage): void {
    const known = this.directMessages.get(message.id);
    if (this.#isNewer(known, message)) this.directMessages.set(message.id, message);
  }

  /** Whether a copy is to go in place of the one that is known. Of one version there is one. */
  #isNewer<M extends Message | DirectMessage>(known: M | undefined, message: M): boolean {
    if (!known) return true;
    const [one, other] = [known.version ?? 0, message.version ?? 0];
    if (one === other && !isDeepStrictEqual(known, message)) {
      this.#fault(`${message.id}: two versions`);
    }
    return other > one;
  }

  #find(id: string): Message | undefined {
    for (const room of this.#messages.values()) {
      for (const message of room.values()) if (message.id === id) return message;
    }
    return undefined;
  }

  #fault(what: string): void {
    this.faults.push(what);
  }
}

/** A message with a reaction more, or one less. */
function reacted<M extends { reactions?: Reaction[]; version?: number }>(
  message: M,
  { emoji, participantId, added, rev }: Reacted,
): M {
  const { reactions: before = [], ...rest } = message;
  const without = before.map((one) => ({
    ...one,
    participantIds: one.participantIds.filter(
      (id) => one.emoji !== emoji || (added ? true : id !== participantId),
    ),
  }));
  if (added) {
    const there = without.find((one) => one.emoji === emoji);
    if (there) there.participantIds.push(participantId);
    else without.push({ emoji, participantIds: [participantId] });
  }
  const reactions = without.filter((one) => one.participantIds.length > 0);
  return { ...rest, ...(reactions.length > 0 ? { reactions } : {}), version: rev } as M;
}

interface Reacted {
  emoji: string;
  participantId: string;
  added: boolean;
  rev: number;
}
