import type { Participant, ParticipantId } from "@flagship/core";
import { useState } from "react";
import { Checkbox } from "../shared/checkbox.tsx";
import type { Group } from "./groups.ts";

interface GroupRulesProps {
  people: readonly Participant[];
  groups: readonly Group[];
  onChange: (groups: readonly Group[]) => void;
}

/** Says who stays together and who does not: one chooses people, then the rule. */
export function GroupRules({ people, groups, onChange }: GroupRulesProps) {
  const [chosen, setChosen] = useState<readonly ParticipantId[]>([]);
  const alias = (id: ParticipantId) => people.find((person) => person.id === id)?.alias;

  const add = (rule: Group["rule"]) => {
    if (chosen.length < 2) return;
    onChange([...groups, { rule, people: chosen }]);
    setChosen([]);
  };

  return (
    <fieldset className="choices">
      <legend>Keep people together or apart (optional)</legend>
      <div className="choice-list">
        {people.map(({ id, alias }) => (
          <Checkbox
            key={id}
            label={alias}
            isChecked={chosen.includes(id)}
            onChange={(isChecked) =>
              setChosen((held) =>
                isChecked ? [...held, id] : held.filter((other) => other !== id),
              )
            }
          />
        ))}
      </div>
      <div className="settings-row">
        <button type="button" aria-disabled={chosen.length < 2} onClick={() => add("together")}>
          Keep together
        </button>
        <button type="button" aria-disabled={chosen.length < 2} onClick={() => add("apart")}>
          Keep apart
        </button>
      </div>
      <ul className="rows">
        {groups.map((group) => {
          const names = group.people.flatMap((id) => alias(id) ?? []).join(", ");
          const rule = group.rule === "together" ? "Together" : "Apart";
          return (
            <li key={`${group.rule} ${group.people.join(" ")}`}>
              <span>
                <strong>{rule}:</strong> {names}
              </span>
              <button
                type="button"
                className="plain"
                aria-label={`Forget: ${rule} ${names}`}
                onClick={() => onChange(groups.filter((other) => other !== group))}
              >
                Forget
              </button>
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}
