import type { Room } from "@flagship/core";
import { ActivityPanel } from "../activity/activity-panel.tsx";
import { AssignmentDialog } from "../assignment/assignment-dialog.tsx";
import { BroadcastButton } from "../broadcast/broadcast-button.tsx";
import { DebriefDialog } from "../debrief/debrief-dialog.tsx";
import { GuestsDialog } from "../guests/guests-dialog.tsx";
import { useT } from "../i18n/messages.ts";
import { ListsDialog } from "../lists/lists-dialog.tsx";
import { DialogButton } from "../shared/dialog-button.tsx";
import { Disclosure } from "../shared/disclosure.tsx";
import { TemplatesDialog } from "../templates/templates-dialog.tsx";
import { RoundSettings } from "./round-settings.tsx";

/** What hosts and moderators need at hand, during a session and after it. */
export function HostTools({ rooms, isLive }: { rooms: readonly Room[]; isLive: boolean }) {
  const t = useT();
  return (
    <div className="flagship-host-tools">
      <div className="flagship-settings-row">
        {isLive && <BroadcastButton name={t("tools.message")} />}
        {isLive && rooms.length > 0 && (
          <>
            <DialogButton name={t("tools.groups")}>
              {(close) => <AssignmentDialog onClose={close} />}
            </DialogButton>
            <DialogButton name={t("tools.guests")}>
              {(close) => <GuestsDialog onClose={close} />}
            </DialogButton>
          </>
        )}
        {isLive && (
          <>
            <DialogButton name={t("tools.lists")}>
              {(close) => <ListsDialog onClose={close} />}
            </DialogButton>
            <DialogButton name={t("tools.templates")}>
              {(close) => <TemplatesDialog onClose={close} />}
            </DialogButton>
          </>
        )}
        <DialogButton name={t("tools.debrief")}>
          {(close) => <DebriefDialog onClose={close} />}
        </DialogButton>
      </div>
      {isLive && rooms.length > 0 && (
        <Disclosure name={t("tools.activity")}>
          <ActivityPanel />
        </Disclosure>
      )}
      {isLive && <RoundSettings />}
    </div>
  );
}
