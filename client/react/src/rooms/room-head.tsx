import type { Room } from "@flagship/core";
import { useT } from "../i18n/messages.ts";
import { Countdown } from "./countdown.tsx";
import { endOf } from "./states.ts";

interface RoomHeadProps {
  room: Room;
  /** How many people are in it. */
  present: number;
  isHere: boolean;
  /** Whether it is the room that one is assigned to. */
  isOwn: boolean;
}

/** A room's name, its state in words, and how long that lasts. */
export function RoomHead({ room, present, isHere, isOwn }: RoomHeadProps) {
  const t = useT();
  const end = endOf(room);
  return (
    <div className="flagship-room-head">
      <h3>{room.name}</h3>
      <span className="flagship-tag" data-state={room.state}>
        {t(`room.state.${room.state}`)}
      </span>
      {end !== null && (
        <span className="flagship-tag">
          <span className="flagship-visually-hidden">{t("room.timeLeft")}</span>
          <Countdown until={end} />
        </span>
      )}
      {room.locked && <span className="flagship-tag">{t("room.locked")}</span>}
      {room.slowModeMs !== null && <span className="flagship-tag">{t("room.slow")}</span>}
      {room.capacity !== null && (
        <span className="flagship-tag">
          {t("room.places", { present, capacity: room.capacity })}
        </span>
      )}
      {isOwn && <span className="flagship-tag">{t("room.yours")}</span>}
      {isHere && <span className="flagship-here">{t("room.here")}</span>}
    </div>
  );
}
