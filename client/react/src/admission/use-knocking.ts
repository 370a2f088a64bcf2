import { type Participant, selectSelf } from "@flagship/core";
import { useMemo } from "react";
import { useFormats } from "../i18n/formats.ts";
import { useSessionState } from "../session/context.tsx";
import { keepsOrderIn } from "../shared/names.ts";

/** Who knocks at a room in which one keeps order, by name. */
export function useKnocking(): readonly Participant[] {
  const formats = useFormats();
  const participants = useSessionState((state) => state.participants);
  const rooms = useSessionState((state) => state.rooms);
  const self = useSessionState(selectSelf);
  return useMemo(() => {
    const mine = new Set(rooms.filter((room) => keepsOrderIn(self, room)).map(({ id }) => id));
    return Object.values(participants)
      .filter(({ knockingRoomId }) => knockingRoomId !== null && mine.has(knockingRoomId))
      .sort((a, b) => formats.compare(a.alias, b.alias));
  }, [participants, rooms, self, formats]);
}
