import type { RoomActivity } from "@flagship/core";
import { useSessionState } from "../session/context.tsx";
import { timeInWords } from "../shared/duration.ts";
import { roomName } from "../shared/names.ts";
import { useActivity } from "./use-activity.ts";

/** How lively each room is, without what is said in it. */
export function ActivityPanel() {
  const { activity, failure } = useActivity();
  const rooms = useSessionState((state) => state.rooms);
  if (!activity) return <p className="hint">{failure ?? "Looking…"}</p>;
  return (
    <div className="activity">
      <table>
        <caption className="hint">
          {failure ?? `Messages a minute over the last ${activity.minutes} minutes.`}
        </caption>
        <thead>
          <tr>
            <th scope="col">Room</th>
            <th scope="col">Here / assigned</th>
            <th scope="col">A minute</th>
            <th scope="col">Last</th>
            <th scope="col">Waits</th>
          </tr>
        </thead>
        <tbody>
          {activity.rooms.map((room) => (
            <tr key={room.roomId} data-waiting={room.longestHelpWaitMs !== null}>
              <th scope="row">{roomName(rooms, room.roomId)}</th>
              <td>
                {room.present} / {room.assigned}
              </td>
              <td>{(room.recentMessages / activity.minutes).toFixed(1)}</td>
              <td>{lastWords(room, activity.serverTime)}</td>
              <td>{room.longestHelpWaitMs === null ? "–" : timeInWords(room.longestHelpWaitMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function lastWords({ lastMessageAt }: RoomActivity, serverTime: number): string {
  return lastMessageAt === null ? "–" : `${timeInWords(serverTime - lastMessageAt)} ago`;
}
