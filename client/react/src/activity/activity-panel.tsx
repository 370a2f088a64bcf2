import { useT } from "../i18n/messages.ts";
import { useSessionState } from "../session/context.tsx";
import { Dialog } from "../shared/dialog.tsx";
import { DialogButton } from "../shared/dialog-button.tsx";
import { roomName } from "../shared/names.ts";
import { byAttention } from "./attention.ts";
import { RoomActivityItem } from "./room-activity-item.tsx";
import { useActivity } from "./use-activity.ts";

/** How lively each room is, without what is said in it: beside the rooms, or all of them at a glance. */
export function ActivityPanel() {
  const t = useT();
  return (
    <>
      <ActivityList />
      <DialogButton name={t("activity.glance")}>
        {(close) => (
          <Dialog
            title={t("activity.glanceTitle")}
            description={t("activity.glanceHint")}
            isWide
            onClose={close}
          >
            <ActivityList />
          </Dialog>
        )}
      </DialogButton>
    </>
  );
}

/** Every room, those that need somebody first. */
function ActivityList() {
  const t = useT();
  const { activity, failure } = useActivity();
  const rooms = useSessionState((state) => state.rooms);
  if (!activity) return <p className="flagship-hint">{failure ?? t("state.looking")}</p>;
  const { minutes, serverTime } = activity;
  return (
    <>
      {failure && <p className="flagship-warning">{failure}</p>}
      <ul className="flagship-activity" aria-label={t("activity.label", { minutes })}>
        {byAttention(activity.rooms, serverTime).map(({ room, attention }) => (
          <RoomActivityItem
            key={room.roomId}
            room={room}
            name={roomName(t, rooms, room.roomId)}
            attention={attention}
            minutes={minutes}
            now={serverTime}
          />
        ))}
      </ul>
      <p className="flagship-hint">{t("activity.over", { minutes })}</p>
    </>
  );
}
