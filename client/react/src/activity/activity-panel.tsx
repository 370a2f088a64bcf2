import { useSessionState } from "../session/context.tsx";
import { timeInWords } from "../shared/duration.ts";
import { roomName } from "../shared/names.ts";
import { useActivity } from "./use-activity.ts";

/** How lively each room is, without what is said in it. */
export function ActivityPanel() {
  const { activity, failure } = useActivity();
  const rooms = useSessionState((state) => state.rooms);
  if (!activity) return <p className="hint">{failure ?? "Looking…"}</p>;
  const { minutes, serverTime } = activity;
  return (
    <>
      {failure && <p className="warning">{failure}</p>}
      <ul className="activity" aria-label={`Activity over the last ${minutes} minutes`}>
        {activity.rooms.map((room) => (
          <li key={room.roomId}>
            <p>
              <strong>{roomName(rooms, room.roomId)}</strong> {room.present} of {room.assigned}{" "}
              assigned here
            </p>
            <p className="hint">
              {(room.recentMessages / minutes).toFixed(1)} messages a minute,{" "}
              {room.lastMessageAt === null
                ? "none yet"
                : `last ${timeInWords(serverTime - room.lastMessageAt)} ago`}
            </p>
            {room.longestHelpWaitMs !== null && (
              <p className="waits">Somebody waits for {timeInWords(room.longestHelpWaitMs)}</p>
            )}
          </li>
        ))}
      </ul>
      <p className="hint">Messages over the last {minutes} minutes.</p>
    </>
  );
}
