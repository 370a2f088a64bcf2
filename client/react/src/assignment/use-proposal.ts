import {
  type AssignmentProposal,
  FlagshipError,
  type ParticipantId,
  type ProposalRequest,
  type RoomId,
} from "@flagship/core";
import { useState } from "react";
import { useSession } from "../session/context.tsx";
import { useAction } from "../shared/use-action.ts";

/** A proposal that is looked at. */
export interface Proposed {
  readonly proposal: AssignmentProposal;
  /** Whether it was changed by hand. */
  readonly isAdjusted: boolean;
}

/** Asks who could go where, lets it be changed, and applies it. */
export function useProposal() {
  const session = useSession();
  const { isBusy, run } = useAction();
  const [proposed, setProposed] = useState<Proposed>();
  /** Whether somebody was assigned by another host while this one looked on. */
  const [isStale, setIsStale] = useState(false);

  const ask = async (request: ProposalRequest) => {
    setProposed({ proposal: await session.requests.propose(request), isAdjusted: false });
  };

  return {
    proposed,
    isStale,
    isBusy,
    propose(request: ProposalRequest): Promise<boolean> {
      setIsStale(false);
      return run(() => ask(request));
    },
    move(participantId: ParticipantId, roomId: RoomId | null): void {
      setProposed((held) => held && { proposal: moved(held.proposal), isAdjusted: true });

      function moved(proposal: AssignmentProposal): AssignmentProposal {
        const assignments = proposal.assignments.map((assignment) =>
          assignment.participantId === participantId ? { ...assignment, roomId } : assignment,
        );
        return { ...proposal, assignments };
      }
    },
    /** Whether it came about. If somebody was assigned meanwhile it did not, and there is a new proposal. */
    async apply(request: ProposalRequest): Promise<boolean> {
      if (!proposed) return false;
      let isApplied = false;
      const { assignments } = proposed.proposal;
      await run(async () => {
        try {
          await session.commands.assign(assignments);
          isApplied = true;
        } catch (error) {
          if (!(error instanceof FlagshipError) || error.code !== "stale") throw error;
          await ask(request);
          setIsStale(true);
        }
      });
      return isApplied;
    },
  };
}
