import { useSession } from "../session/context.tsx";
import { Dialog } from "../shared/dialog.tsx";
import { download } from "../shared/download.ts";
import { useAction } from "../shared/use-action.ts";
import { DebriefHelpList } from "./debrief-help.tsx";
import { DebriefRooms } from "./debrief-rooms.tsx";
import { DebriefRounds } from "./debrief-rounds.tsx";
import { DebriefVisits } from "./debrief-visits.tsx";
import { useDebrief } from "./use-debrief.ts";

/** What happened in the session so far, to look at and to take away. */
export function DebriefDialog({ onClose }: { onClose: () => void }) {
  const session = useSession();
  const { isBusy, run } = useAction();
  const { debrief, failure } = useDebrief();

  const takeTable = async () => {
    const table = await session.requests.debriefTable();
    download(`${session.id}-debrief.csv`, "text/csv", table);
  };
  const takeAll = async () => {
    const all = JSON.stringify(await session.requests.debrief(), null, 2);
    download(`${session.id}-debrief.json`, "application/json", all);
  };

  return (
    <Dialog
      title="Debrief"
      description="Who was where and when, and how long people waited for help, up to the moment you opened this."
      isWide
      onClose={onClose}
    >
      <div className="settings-row">
        <button type="button" disabled={isBusy} onClick={() => void run(takeTable)}>
          Download visits (CSV)
        </button>
        <button type="button" disabled={isBusy} onClick={() => void run(takeAll)}>
          Download everything (JSON)
        </button>
      </div>
      {!debrief && <p>{failure ?? "Gathering…"}</p>}
      {debrief && (
        <div className="debrief">
          <DebriefRounds debrief={debrief} />
          <DebriefRooms debrief={debrief} />
          <DebriefHelpList debrief={debrief} />
          <DebriefVisits debrief={debrief} />
        </div>
      )}
    </Dialog>
  );
}
