import { MAIN_ROOM, type ParticipantId, type RoomId, selectExpected } from "@flagship/core";
import { useCallback } from "react";
import { useT } from "../i18n/messages.ts";
import { useSession } from "../session/context.tsx";
import { roomName } from "../shared/names.ts";
import { useNotify } from "../shared/notices.tsx";
import { useAction } from "../shared/use-action.ts";

/** What is dragged onto a room. */
export const PERSON = "flagship/person";

/**
 * Gives somebody a room: at once where it is open, otherwise for when it opens. Into main means to none. It shows at
 * once; what is refused is undone and explained, also when another host has put them somewhere else meanwhile.
 */
export function usePlacement(): (id: ParticipantId, roomId: RoomId) => Promise<void> {
  const { store, commands } = useSession();
  const { run } = useAction();
  const notify = useNotify();
  const t = useT();
  return useCallback(
    async (id, roomId) => {
      // As it will be when what was asked before is done: this comes after it.
      const { participants, rooms } = selectExpected(store.getState());
      const person = participants[id];
      if (!person) return;
      const assigned = roomId === MAIN_ROOM ? null : roomId;
      const isThere = person.assignedRoomId === assigned && person.roomId === roomId;
      if (isThere) return;
      const expectedRoomId = person.assignedRoomId;
      // An open room takes them out of the one that they are in: only out of the one in which they were seen.
      const isOpen = rooms.some((room) => room.id === roomId && room.state === "open");
      const expected = {
        expectedRoomId,
        ...(isOpen && { expectedLocationId: person.roomId }),
      };
      const ask = () => {
        const asked: Promise<unknown>[] = [];
        if (assigned !== null || expectedRoomId !== null) {
          asked.push(commands.assign([{ participantId: id, roomId: assigned, ...expected }]));
        }
        if (assigned === null && person.roomId !== MAIN_ROOM) {
          asked.push(commands.moveParticipant(id, MAIN_ROOM, person.roomId));
        }
        return Promise.all(asked);
      };
      if (await run(ask))
        notify(
          "quiet",
          t("placement.done", { name: person.alias, room: roomName(t, rooms, roomId) }),
        );
    },
    [store, commands, run, notify, t],
  );
}
