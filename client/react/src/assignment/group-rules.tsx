import type { Participant, ParticipantId } from "@flagship/core";
import { useState } from "react";
import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
import { Checkbox } from "../shared/checkbox.tsx";
import { strong } from "../shared/unseen.tsx";
import type { Group } from "./groups.ts";

interface GroupRulesProps {
  people: readonly Participant[];
  groups: readonly Group[];
  onChange: (groups: readonly Group[]) => void;
}

/** Says who stays together and who does not: one chooses people, then the rule. */
export function GroupRules({ people, groups, onChange }: GroupRulesProps) {
  const t = useT();
  const formats = useFormats();
  const [chosen, setChosen] = useState<readonly ParticipantId[]>([]);
  const alias = (id: ParticipantId) => people.find((person) => person.id === id)?.alias;

  const add = (rule: Group["rule"]) => {
    if (chosen.length < 2) return;
    onChange([...groups, { rule, people: chosen }]);
    setChosen([]);
  };

  return (
    <fieldset className="flagship-choices">
      <legend>{t("groups.rules")}</legend>
      <div className="flagship-choice-list">
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
      <div className="flagship-settings-row">
        <button type="button" aria-disabled={chosen.length < 2} onClick={() => add("together")}>
          {t("groups.keep.together")}
        </button>
        <button type="button" aria-disabled={chosen.length < 2} onClick={() => add("apart")}>
          {t("groups.keep.apart")}
        </button>
      </div>
      <ul className="flagship-rows">
        {groups.map((group) => {
          const names = formats.list(group.people.flatMap((id) => alias(id) ?? []));
          return (
            <li key={`${group.rule} ${group.people.join(" ")}`}>
              <span>{t.rich(`groups.rule.${group.rule}`, { names, strong })}</span>
              <button
                type="button"
                className="flagship-plain"
                aria-label={t(`groups.forget.${group.rule}`, { names })}
                onClick={() => onChange(groups.filter((other) => other !== group))}
              >
                {t("groups.forget")}
              </button>
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}
