import { MAIN_ROOM, type Participant, type Room } from "@flagship/core";
import { useT } from "../i18n/messages.ts";
import { useSession, useSessionState } from "../session/context.tsx";
import { useAction } from "../shared/use-action.ts";
import { Countdown } from "./countdown.tsx";
import { MINUTE_MS } from "./minutes-field.tsx";
import { OpenAllForm } from "./open-all-form.tsx";
import { isInUse, nextEnd, versionsOf } from "./states.ts";

interface AllRoomsProps {
  rooms: readonly Room[];
  people: readonly Participant[];
}

/** What hosts and moderators do with all rooms together. */
export function AllRooms({ rooms, people }: AllRoomsProps) {
  const t = useT();
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
    <fieldset className="flagship-all-rooms">
      <legend>{t("allRooms.title")}</legend>
      {(round > 0 || end !== null) && (
        <p className="flagship-round">
          {round > 0 && <span>{t("allRooms.round", { round })}</span>}
          {end !== null && (
            <span>
              {t.rich(closing.length > 0 ? "allRooms.closeIn" : "allRooms.timeLeft", {
                time: () => <Countdown until={end} />,
              })}
            </span>
          )}
        </p>
      )}
      <OpenAllForm rooms={rooms} />
      {round > 0 && !rooms.some(isInUse) && (
        <p className="flagship-hint">{t("allRooms.next", { round: round + 1 })}</p>
      )}
      {rooms.some(isInUse) && (
        <div className="flagship-settings-row">
          {button(t("roomActions.plusMinutes", { count: 1 }), hasTimer, () =>
            commands.extendTimer(MINUTE_MS),
          )}
          {button(t("roomActions.plusMinutes", { count: 5 }), hasTimer, () =>
            commands.extendTimer(5 * MINUTE_MS),
          )}
          {button(t("roomActions.recall"), isAnybodyAway, () =>
            commands.recallRooms({ expectedVersions: versionsOf(rooms) }),
          )}
          {button(t("allRooms.closeAll"), isAnyOpen, () =>
            commands.closeRooms({ expectedVersions: versionsOf(rooms) }),
          )}
        </div>
      )}
    </fieldset>
  );
}
