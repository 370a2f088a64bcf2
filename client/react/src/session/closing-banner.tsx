import { selectSelf } from "@flagship/core";
import { Countdown } from "../rooms/countdown.tsx";
import { useSessionState } from "./context.tsx";

/** While one's own room closes: how long one has to finish. Not a live region: it is announced once, elsewhere. */
export function ClosingBanner() {
  const room = useSessionState((state) => {
    const here = selectSelf(state)?.roomId;
    return state.rooms.find(({ id, state }) => id === here && state === "closing");
  });
  if (!room || room.closesAt === null) return null;
  return (
    <aside className="banner closing" aria-label="Your room closes">
      <p>
        {room.name} closes in <Countdown until={room.closesAt} />
      </p>
      <p className="hint">Then everyone returns to Main. What was said stays.</p>
    </aside>
  );
}
