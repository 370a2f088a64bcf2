import type { Room, UpdateRoom } from "@flagship/core";
import { useSession } from "../session/context.tsx";
import { changeInTurn } from "../shared/in-turn.ts";
import { useAction } from "../shared/use-action.ts";

/**
 * Changes a room as it is seen here: what another host has changed meanwhile is refused and not overwritten. Gives
 * whether it came about.
 */
export function useRoomUpdate(
  room: Room,
): (changes: Omit<UpdateRoom, "roomId" | "expectedVersion">) => Promise<boolean> {
  const { commands } = useSession();
  const { run } = useAction();
  return (changes) =>
    run(() =>
      changeInTurn(commands, room.id, room.version, (expectedVersion) =>
        commands.updateRoom(room.id, { ...changes, expectedVersion }),
      ),
    );
}
