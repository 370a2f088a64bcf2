import type { Room } from "@flagship/core";
import { ActivityPanel } from "../activity/activity-panel.tsx";
import { AssignmentDialog } from "../assignment/assignment-dialog.tsx";
import { BroadcastButton } from "../broadcast/broadcast-button.tsx";
import { DebriefDialog } from "../debrief/debrief-dialog.tsx";
import { GuestsDialog } from "../guests/guests-dialog.tsx";
import { ListsDialog } from "../lists/lists-dialog.tsx";
import { DialogButton } from "../shared/dialog-button.tsx";
import { Disclosure } from "../shared/disclosure.tsx";
import { TemplatesDialog } from "../templates/templates-dialog.tsx";
import { RoundSettings } from "./round-settings.tsx";

/** What hosts and moderators need at hand, during a session and after it. */
export function HostTools({ rooms, isLive }: { rooms: readonly Room[]; isLive: boolean }) {
  return (
    <div className="host-tools">
      <div className="settings-row">
        {isLive && <BroadcastButton name="Message to all…" />}
        {isLive && rooms.length > 0 && (
          <>
            <DialogButton name="Groups…">
              {(close) => <AssignmentDialog onClose={close} />}
            </DialogButton>
            <DialogButton name="Guests…">
              {(close) => <GuestsDialog onClose={close} />}
            </DialogButton>
          </>
        )}
        {isLive && (
          <>
            <DialogButton name="Lists…">{(close) => <ListsDialog onClose={close} />}</DialogButton>
            <DialogButton name="Templates…">
              {(close) => <TemplatesDialog onClose={close} />}
            </DialogButton>
          </>
        )}
        <DialogButton name="Debrief…">{(close) => <DebriefDialog onClose={close} />}</DialogButton>
      </div>
      {isLive && rooms.length > 0 && (
        <Disclosure name="Activity">
          <ActivityPanel />
        </Disclosure>
      )}
      {isLive && <RoundSettings />}
    </div>
  );
}
