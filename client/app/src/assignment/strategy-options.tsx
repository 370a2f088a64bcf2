import type { AssignmentStrategy } from "@flagship/core";
import { Checkbox } from "../shared/checkbox.tsx";
import { Select } from "../shared/select.tsx";

const STRATEGIES: readonly (readonly [AssignmentStrategy, string])[] = [
  ["balanced", "Balanced: rooms of one size"],
  ["random", "Random"],
  ["alike", "Alike: people with the same words about them"],
  ["mixed", "Mixed: people with different words about them"],
];

interface StrategyOptionsProps {
  strategy: AssignmentStrategy;
  onStrategy: (strategy: AssignmentStrategy) => void;
  avoidRepeats: boolean;
  onAvoidRepeats: (avoidRepeats: boolean) => void;
}

/** How people are put into rooms. */
export function StrategyOptions({
  strategy,
  onStrategy,
  avoidRepeats,
  onAvoidRepeats,
}: StrategyOptionsProps) {
  return (
    <>
      <Select label="How" value={strategy} options={STRATEGIES} onChange={onStrategy} />
      <Checkbox
        label="New company: people who shared a room before meet others"
        isChecked={avoidRepeats}
        onChange={onAvoidRepeats}
      />
    </>
  );
}
