import type { AssignmentStrategy, MatchBy } from "@flagship/core";
import { useT } from "../i18n/messages.ts";
import { Checkbox } from "../shared/checkbox.tsx";
import { Select } from "../shared/select.tsx";

const STRATEGIES: readonly AssignmentStrategy[] = ["balanced", "random", "alike", "mixed"];

const MATCHES: readonly MatchBy[] = ["tags", "texts"];

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
  const t = useT();
  return (
    <>
      <Select
        label={t("groups.how")}
        value={strategy}
        options={STRATEGIES.map((one) => [one, t(`groups.strategy.${one}`)] as const)}
        onChange={onStrategy}
      />
      {isByPerson(strategy) && (
        <Select
          label={t("groups.by")}
          value={matchBy}
          options={MATCHES.map((one) => [one, t(`groups.match.${one}`)] as const)}
          onChange={onMatchBy}
        />
      )}
      <Checkbox label={t("groups.newCompany")} isChecked={avoidRepeats} onChange={onAvoidRepeats} />
    </>
  );
}
