import { MAIN_ROOM, type Participant, selectExpectedRoom } from "@flagship/core";
import { useT } from "../i18n/messages.ts";
import { DropRoom } from "../placement/drop-room.tsx";
import { useSession } from "../session/context.tsx";
import { useAction } from "../shared/use-action.ts";
import { Occupants } from "./occupants.tsx";

interface MainRoomProps {
  name: string;
  people: readonly Participant[];
  isHere: boolean;
  mayReturn: boolean;
  canMove: boolean;
}

/** The session's own room: where everyone is who is in no other. */
export function MainRoom({ name, people, isHere, mayReturn, canMove }: MainRoomProps) {
  const t = useT();
  const { commands, store } = useSession();
  const { isBusy, run } = useAction();
  return (
    <li className="flagship-room" data-here={isHere}>
      <DropRoom roomId={MAIN_ROOM} isEnabled={canMove}>
        <div className="flagship-room-head">
          <h3>{name}</h3>
          {isHere && <span className="flagship-here">{t("room.here")}</span>}
          {!isHere && mayReturn && (
            <button
              type="button"
              disabled={isBusy}
              onClick={() =>
                void run(() => commands.leaveRoom(selectExpectedRoom(store.getState())))
              }
            >
              {t("room.return", { room: name })}
            </button>
          )}
        </div>
        <Occupants people={people} canMove={canMove} />
      </DropRoom>
    </li>
  );
}
