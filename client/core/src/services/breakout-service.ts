import { FlagshipError } from "../errors.ts";
import type { CreateRoom, Participant, Room, RoomId, SessionId } from "../generated/protocol.ts";
import type { SessionClient } from "../session-client.ts";
import { selectExpectedRoom } from "../state/expected.ts";
import { MAIN_ROOM } from "../state/participants.ts";
import { followSession, fromState, inSession } from "./configuration.ts";

/** What a new room is to be: its name of 1 to 80 characters, how many fit in, whether it is opened later. */
export type BreakoutRoomConfig = CreateRoom;

/** Breakout rooms without a framework. Needs `configureFlagship` or a `FlagshipProvider`. */
export interface FlagshipBreakoutService {
  /** Creates a room. Sent again until the service has answered, and never created twice. */
  createBreakoutRoom(sessionId: SessionId, config: BreakoutRoomConfig): Promise<Room>;
  /** Goes into a room. */
  join(sessionId: SessionId, roomId: RoomId): Promise<Participant>;
  /**
   * Returns to main from the room that the participant is in when this is called. Rejects with `not_in_room` if they were
   * moved to another room meanwhile: that room is not left.
   */
  leave(sessionId: SessionId): Promise<Participant>;
  /** Closes a room: everyone in it returns to main. */
  close(sessionId: SessionId, roomId: RoomId): Promise<Room>;
  /** Every room that is not deleted, oldest first; main is not among them. */
  list(sessionId: SessionId): Promise<readonly Room[]>;
  /**
   * Tells of the rooms, now and whenever one of them changes, and stays connected until the returned function is
   * called. Nothing is told before the session was entered.
   */
  subscribe(sessionId: SessionId, listener: (rooms: readonly Room[]) => void): () => void;
}

/** Every promise of it rejects with a `FlagshipError` that says which rule refused. */
export const flagshipBreakoutService: FlagshipBreakoutService = {
  createBreakoutRoom: (sessionId, config) =>
    inSession(sessionId, ({ commands }) => commands.createRoom(config)),
  join: (sessionId, roomId) => inSession(sessionId, ({ commands }) => commands.joinRoom(roomId)),
  leave: (sessionId) =>
    fromState(sessionId, (state, session) => {
      const room = selectExpectedRoom(state) ?? MAIN_ROOM;
      return room === MAIN_ROOM ? session.commands.leaveRoom() : leave(session, room);
    }),
  close: (sessionId, roomId) => inSession(sessionId, ({ commands }) => commands.closeRoom(roomId)),
  list: (sessionId) => fromState(sessionId, async ({ rooms }) => rooms),
  subscribe(sessionId, listener) {
    let told: readonly Room[] | undefined;
    return followSession(sessionId, ({ session, rooms }) => {
      if (!session || rooms === told) return;
      told = rooms;
      listener(rooms);
    });
  },
};

/** Leaves a room. A participant who was brought back to main meanwhile counts as having left. */
async function leave({ commands }: SessionClient, room: RoomId): Promise<Participant> {
  try {
    return await commands.leaveRoom(room);
  } catch (thrown) {
    if (!(thrown instanceof FlagshipError) || thrown.code !== "not_in_room") throw thrown;
    const self = await commands.joinSession();
    if (self.roomId === MAIN_ROOM) return self;
    throw thrown;
  }
}

export default flagshipBreakoutService;
