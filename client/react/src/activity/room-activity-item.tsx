import type { RoomActivity } from "@flagship/core";
import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
import { timeInWords } from "../shared/duration.ts";
import { strong } from "../shared/unseen.tsx";
import type { Attention } from "./attention.ts";

interface RoomActivityItemProps {
  room: RoomActivity;
  name: string;
  attention: Attention;
  /** Over how many minutes `recentMessages` counts. */
  minutes: number;
  /** By the server's clock, milliseconds since the epoch. */
  now: number;
}

/** How lively one room is, in words and for the eye. */
export function RoomActivityItem({ room, name, attention, minutes, now }: RoomActivityItemProps) {
  const t = useT();
  const formats = useFormats();
  const rate = formats.number(room.recentMessages / minutes, 1);
  const share = room.assigned > 0 ? Math.min(1, room.present / room.assigned) : 0;
  return (
    <li data-attention={attention}>
      <p>
        {t.rich("activity.present", {
          room: name,
          present: room.present,
          assigned: room.assigned,
          strong,
        })}
      </p>
      {room.assigned > 0 && (
        <svg
          className="flagship-share"
          viewBox="0 0 100 1"
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <rect width={share * 100} height="1" />
        </svg>
      )}
      <p className="flagship-hint">
        {room.lastMessageAt === null
          ? t("activity.quiet", { rate })
          : t("activity.rate", { rate, time: timeInWords(t, now - room.lastMessageAt) })}
      </p>
      {room.longestHelpWaitMs !== null && (
        <p className="flagship-waits">
          {t("activity.waits", { time: timeInWords(t, room.longestHelpWaitMs) })}
        </p>
      )}
      {attention === "empty" && <p className="flagship-waits">{t("activity.nobody")}</p>}
      {attention === "silent" && <p className="flagship-waits">{t("activity.silent")}</p>}
    </li>
  );
}
