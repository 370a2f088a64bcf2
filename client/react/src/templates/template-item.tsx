import type { Template } from "@flagship/core";
import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
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
  const t = useT();
  const formats = useFormats();
  const { requests } = useSession();
  const { isBusy, run } = useAction();
  const notify = useNotify();
  const { id, name, rooms } = template;

  const apply = async () => {
    if (!(await run(() => requests.applyTemplate(id)))) return;
    notify("info", t("templates.applied", { name }));
    onApplied();
  };
  const forget = async () => {
    if (await run(() => requests.deleteTemplate(id))) onDeleted();
  };

  return (
    <li>
      <span>
        <strong>{name}</strong>{" "}
        <span className="flagship-hint">{formats.list(rooms.map((room) => room.name))}</span>
      </span>
      <span className="flagship-settings-row">
        <button
          type="button"
          className="flagship-primary"
          disabled={isBusy}
          aria-label={t("templates.useWhich", { name })}
          onClick={() => void apply()}
        >
          {t("templates.use")}
        </button>
        <button
          type="button"
          disabled={isBusy}
          aria-label={t("templates.deleteWhich", { name })}
          onClick={() => void forget()}
        >
          {t("action.delete")}
        </button>
      </span>
    </li>
  );
}
