import { MAIN_ROOM, selectSelf } from "@flagship/core";
import { useMemo } from "react";
import { keepsOrder, ROLE_NAMES } from "../shared/names.ts";
import { useSessionState } from "./context.tsx";

/** Which hosts and moderators are in one's own breakout room: nobody listens unseen. */
export function Visitors() {
  const here = useSessionState((state) => selectSelf(state)?.roomId ?? MAIN_ROOM);
  const participants = useSessionState((state) => state.participants);
  const selfId = useSessionState((state) => state.selfId);
  const visitors = useMemo(
    () =>
      Object.values(participants).filter(
        (person) => person.roomId === here && person.id !== selfId && keepsOrder(person),
      ),
    [participants, here, selfId],
  );
  if (here === MAIN_ROOM || visitors.length === 0) return null;
  const names = visitors.map(({ alias, role }) => `${alias} (${ROLE_NAMES[role].toLowerCase()})`);
  return (
    <p className="visitors">
      {names.join(", ")} {names.length === 1 ? "is" : "are"} visiting.
    </p>
  );
}
