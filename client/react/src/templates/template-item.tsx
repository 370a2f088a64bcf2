import type { Template } from "@flagship/core";
import { useSession } from "../session/context.tsx";
import { useNotify } from "../shared/notices.tsx";
import { useAction } from "../shared/use-action.ts";

interface TemplateItemProps {
  template: Template;
  onApplied: () => void;
  onDeleted: () => void;
}

/** A set of rooms that can be made here. */
export function TemplateItem({ template, onApplied, onDeleted }: TemplateItemProps) {
  const { requests } = useSession();
  const { isBusy, run } = useAction();
  const notify = useNotify();
  const { id, name, rooms } = template;

  const apply = async () => {
    if (!(await run(() => requests.applyTemplate(id)))) return;
    notify("info", `The rooms of ${name} are here.`);
    onApplied();
  };
  const forget = async () => {
    if (await run(() => requests.deleteTemplate(id))) onDeleted();
  };

  return (
    <li>
      <span>
        <strong>{name}</strong>{" "}
        <span className="hint">{rooms.map((room) => room.name).join(", ")}</span>
      </span>
      <span className="settings-row">
        <button
          type="button"
          className="primary"
          disabled={isBusy}
          aria-label={`Use ${name}`}
          onClick={() => void apply()}
        >
          Use
        </button>
        <button
          type="button"
          disabled={isBusy}
          aria-label={`Delete ${name}`}
          onClick={() => void forget()}
        >
          Delete
        </button>
      </span>
    </li>
  );
}
