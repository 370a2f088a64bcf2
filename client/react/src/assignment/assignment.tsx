import type { AssignmentStrategy, MatchBy, ProposalRequest } from "@flagship/core";
import { type FormEvent, useMemo, useState } from "react";
import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
import { useSessionState } from "../session/context.tsx";
import { keepsOrder } from "../shared/names.ts";
import { useNotify } from "../shared/notices.tsx";
import { GroupRules } from "./group-rules.tsx";
import { type Group, rulesOf } from "./groups.ts";
import { ProposalPreview } from "./proposal-preview.tsx";
import { isByPerson, StrategyOptions } from "./strategy-options.tsx";
import { useProposal } from "./use-proposal.ts";

/** Puts everyone into rooms: by rules, looked at first, then applied. */
export function Assignment({ onClose }: { onClose: () => void }) {
  const t = useT();
  const formats = useFormats();
  const notify = useNotify();
  const participants = useSessionState((state) => state.participants);
  const people = useMemo(
    () =>
      Object.values(participants)
        .filter((person) => !keepsOrder(person))
        .sort((a, b) => formats.compare(a.alias, b.alias)),
    [participants, formats],
  );
  const [strategy, setStrategy] = useState<AssignmentStrategy>("balanced");
  const [matchBy, setMatchBy] = useState<MatchBy>("tags");
  const [avoidRepeats, setAvoidRepeats] = useState(true);
  const [groups, setGroups] = useState<readonly Group[]>([]);
  const { proposed, isStale, isBusy, propose, move, apply } = useProposal();

  const request: ProposalRequest = {
    strategy,
    avoidRepeats,
    ...(isByPerson(strategy) && { matchBy }),
    ...rulesOf(groups, (id) => participants[id] !== undefined),
  };

  const applyIt = async () => {
    if (!(await apply(request))) return;
    notify("info", t("groups.applied"));
    onClose();
  };

  return (
    <>
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          // The first answer belongs to a series of rounds; who asks again wants another.
          const { seed } = proposed?.proposal ?? {};
          void propose(seed === undefined ? request : { ...request, seed: (seed + 1) >>> 0 });
        }}
      >
        <StrategyOptions
          strategy={strategy}
          onStrategy={setStrategy}
          matchBy={matchBy}
          onMatchBy={setMatchBy}
          avoidRepeats={avoidRepeats}
          onAvoidRepeats={setAvoidRepeats}
        />
        <GroupRules people={people} groups={groups} onChange={setGroups} />
        <div className="flagship-dialog-actions">
          <button
            type="submit"
            className={proposed ? undefined : "flagship-primary"}
            disabled={isBusy}
          >
            {t(proposed ? "groups.again" : "groups.propose")}
          </button>
        </div>
      </form>
      {isStale && (
        <p className="flagship-warning" role="alert">
          {t("groups.stale")}
        </p>
      )}
      {proposed && (
        <>
          <ProposalPreview {...proposed} onMove={move} />
          <div className="flagship-dialog-actions">
            <button
              type="button"
              className="flagship-primary"
              disabled={isBusy}
              onClick={() => void applyIt()}
            >
              {t("action.apply")}
            </button>
          </div>
        </>
      )}
    </>
  );
}
