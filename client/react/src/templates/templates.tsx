import { LIMITS } from "@flagship/core";
import { type FormEvent, useState } from "react";
import { useT } from "../i18n/messages.ts";
import { useSession, useSessionState } from "../session/context.tsx";
import { Field } from "../shared/field.tsx";
import { useNotify } from "../shared/notices.tsx";
import { useAction } from "../shared/use-action.ts";
import { TemplateItem } from "./template-item.tsx";
import { useTemplates } from "./use-templates.ts";

/** Sets of rooms that one keeps for other sessions. */
export function Templates({ onClose }: { onClose: () => void }) {
  const t = useT();
  const { requests } = useSession();
  const { isBusy, run } = useAction();
  const notify = useNotify();
  const hasRooms = useSessionState((state) => state.rooms.length > 0);
  const { templates, failure, reload } = useTemplates();
  const [name, setName] = useState("");

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await run(() => requests.saveTemplate(name.trim())))) return;
    setName("");
    notify("info", t("templates.saved"));
    reload();
  };

  return (
    <>
      {hasRooms && (
        <form className="flagship-inline" onSubmit={(event) => void save(event)}>
          <Field
            label={t("templates.saveAs")}
            value={name}
            onChange={(event) => setName(event.target.value)}
            maxLength={LIMITS.templateNameChars}
            required
          />
          <button type="submit" disabled={isBusy}>
            {t("action.save")}
          </button>
        </form>
      )}
      {!templates && <p>{failure ?? t("state.looking")}</p>}
      {templates?.length === 0 && <p className="flagship-hint">{t("templates.none")}</p>}
      <ul className="flagship-rows" aria-label={t("templates.label")}>
        {templates?.map((template) => (
          <TemplateItem
            key={template.id}
            template={template}
            onApplied={onClose}
            onDeleted={reload}
          />
        ))}
      </ul>
    </>
  );
}
