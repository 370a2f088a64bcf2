import { MAIN_ROOM, type Participant, type Room } from "@flagship/core";
import { useSession, useSessionState } from "../session/context.tsx";
import { useAction } from "../shared/use-action.ts";
import { Countdown } from "./countdown.tsx";
import { OpenAllForm } from "./open-all-form.tsx";
import { isInUse, nextEnd, versionsOf } from "./states.ts";

const MINUTE_MS = 60_000;

interface AllRoomsProps {
  rooms: readonly Room[];
  people: readonly Participant[];
}

/** What hosts and moderators do with all rooms together. */
export function AllRooms({ rooms, people }: AllRoomsProps) {
  const { commands } = useSession();
  const { isBusy, run } = useAction();
  const round = useSessionState((state) => state.session?.round ?? 0);
  const closing = rooms.filter((room) => room.state === "closing");
  const hasTimer = nextEnd(rooms) !== null;
  const isAnyOpen = rooms.some((room) => room.state === "open");
  const isAnybodyAway = people.some(({ roomId }) => roomId !== MAIN_ROOM);
  const end = nextEnd(closing.length > 0 ? closing : rooms);

  // A button that makes no sense now stays where it is: the focus may be on it.
  const button = (name: string, isSensible: boolean, action: () => Promise<unknown>) => (
    <button
      type="button"
      aria-disabled={isBusy || !isSensible}
      onClick={() => !isBusy && isSensible && void run(action)}
    >
      {name}
    </button>
  );

  return (
    <fieldset className="all-rooms">
      <legend>All rooms</legend>
      {(round > 0 || end !== null) && (
        <p className="round">
          {round > 0 && <span>Round {round}</span>}
          {end !== null && (
            <span>
              {closing.length > 0 ? "Rooms close in " : "Time left "}
              <Countdown until={end} />
            </span>
          )}
        </p>
      )}
      <OpenAllForm rooms={rooms} />
      {round > 0 && !rooms.some(isInUse) && (
        <p className="hint">
          Opening them begins round {round + 1} with the same groups. For new ones, make groups
          first.
        </p>
      )}
      {rooms.some(isInUse) && (
        <div className="settings-row">
          {button("+1 minute", hasTimer, () => commands.extendTimer(MINUTE_MS))}
          {button("+5 minutes", hasTimer, () => commands.extendTimer(5 * MINUTE_MS))}
          {button("Recall everyone", isAnybodyAway, () => commands.recallRooms())}
          {button("Close all rooms", isAnyOpen, () =>
            commands.closeRooms({ expectedVersions: versionsOf(rooms) }),
          )}
        </div>
      )}
    </fieldset>
  );
}
