import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
import { useSessionState } from "../session/context.tsx";
import { timeInWords } from "../shared/duration.ts";
import { roomName } from "../shared/names.ts";
import { strong } from "../shared/unseen.tsx";
import { useActivity } from "./use-activity.ts";

/** How lively each room is, without what is said in it. */
export function ActivityPanel() {
  const t = useT();
  const formats = useFormats();
  const { activity, failure } = useActivity();
  const rooms = useSessionState((state) => state.rooms);
  if (!activity) return <p className="hint">{failure ?? t("state.looking")}</p>;
  const { minutes, serverTime } = activity;
  const rateOf = (messages: number) => formats.number(messages / minutes, 1);
  return (
    <>
      {failure && <p className="warning">{failure}</p>}
      <ul className="activity" aria-label={t("activity.label", { minutes })}>
        {activity.rooms.map((room) => (
          <li key={room.roomId}>
            <p>
              {t.rich("activity.present", {
                room: roomName(t, rooms, room.roomId),
                present: room.present,
                assigned: room.assigned,
                strong,
              })}
            </p>
            <p className="hint">
              {room.lastMessageAt === null
                ? t("activity.quiet", { rate: rateOf(room.recentMessages) })
                : t("activity.rate", {
                    rate: rateOf(room.recentMessages),
                    time: timeInWords(t, serverTime - room.lastMessageAt),
                  })}
            </p>
            {room.longestHelpWaitMs !== null && (
              <p className="waits">
                {t("activity.waits", { time: timeInWords(t, room.longestHelpWaitMs) })}
              </p>
            )}
          </li>
        ))}
      </ul>
      <p className="hint">{t("activity.over", { minutes })}</p>
    </>
  );
}
