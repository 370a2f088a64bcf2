import type { AssignmentStrategy, MatchBy } from "@flagship/core";
import { Checkbox } from "../shared/checkbox.tsx";
import { Select } from "../shared/select.tsx";

const STRATEGIES: readonly (readonly [AssignmentStrategy, string])[] = [
  ["balanced", "Balanced: rooms of one size"],
  ["random", "Random"],
  ["alike", "Alike: people who have something in common"],
  ["mixed", "Mixed: people who differ"],
];

const MATCHES: readonly (readonly [MatchBy, string])[] = [
  ["tags", "The single words about them"],
  ["texts", "What they wrote about themselves"],
];

/** Whether it matters what people say about themselves. */
export function isByPerson(strategy: AssignmentStrategy): boolean {
  return strategy === "alike" || strategy === "mixed";
}

interface StrategyOptionsProps {
  strategy: AssignmentStrategy;
  onStrategy: (strategy: AssignmentStrategy) => void;
  matchBy: MatchBy;
  onMatchBy: (matchBy: MatchBy) => void;
  avoidRepeats: boolean;
  onAvoidRepeats: (avoidRepeats: boolean) => void;
}

/** How people are put into rooms. */
export function StrategyOptions({
  strategy,
  onStrategy,
  matchBy,
  onMatchBy,
  avoidRepeats,
  onAvoidRepeats,
}: StrategyOptionsProps) {
  return (
    <>
      <Select label="How" value={strategy} options={STRATEGIES} onChange={onStrategy} />
      {isByPerson(strategy) && (
        <Select label="By" value={matchBy} options={MATCHES} onChange={onMatchBy} />
      )}
      <Checkbox
        label="New company: people who shared a room before meet others"
        isChecked={avoidRepeats}
        onChange={onAvoidRepeats}
      />
    </>
  );
}
