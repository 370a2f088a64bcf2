import { useT } from "../i18n/messages.ts";
import { useSession } from "../session/context.tsx";
import { download } from "../shared/download.ts";
import { useAction } from "../shared/use-action.ts";
import { DebriefHelpList } from "./debrief-help.tsx";
import { DebriefMessages } from "./debrief-messages.tsx";
import { DebriefRooms } from "./debrief-rooms.tsx";
import { DebriefRounds } from "./debrief-rounds.tsx";
import { DebriefTimeline } from "./debrief-timeline.tsx";
import { DebriefVisits } from "./debrief-visits.tsx";
import { useDebrief } from "./use-debrief.ts";

/** What happened in the session so far, to look at and to take away. */
export function Debrief() {
  const t = useT();
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
    <>
      <div className="flagship-settings-row">
        <button type="button" disabled={isBusy} onClick={() => void run(takeTable)}>
          {t("debrief.visitsTable")}
        </button>
        <button type="button" disabled={isBusy} onClick={() => void run(takeAll)}>
          {t("debrief.everything")}
        </button>
      </div>
      {!debrief && <p>{failure ?? t("state.gathering")}</p>}
      {debrief && (
        <div className="flagship-debrief">
          <DebriefTimeline debrief={debrief} />
          <DebriefMessages debrief={debrief} />
          <DebriefRounds debrief={debrief} />
          <DebriefRooms debrief={debrief} />
          <DebriefHelpList debrief={debrief} />
          <DebriefVisits debrief={debrief} />
        </div>
      )}
    </>
  );
}
