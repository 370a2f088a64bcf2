import { LIMITS, type Participant } from "@flagship/core";
import { type FormEvent, useState } from "react";
import { useT } from "../i18n/messages.ts";
import { useSession, useSessionState } from "../session/context.tsx";
import { Dialog } from "../shared/dialog.tsx";
import { Field } from "../shared/field.tsx";
import { TextArea } from "../shared/text-area.tsx";
import { useAction } from "../shared/use-action.ts";
import { tagsIn } from "./tags.ts";

/** One's own name here, and what one says about oneself. */
export function ProfileDialog({ self, onClose }: { self: Participant; onClose: () => void }) {
  const t = useT();
  const { commands } = useSession();
  const { isBusy, run } = useAction();
  const profile = useSessionState((state) => state.own.profile);
  const [alias, setAlias] = useState(self.alias);
  const [about, setAbout] = useState(profile.about ?? "");
  const [tags, setTags] = useState(profile.tags.join(", "));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const changes = { alias: alias.trim(), about: about.trim() || null, tags: tagsIn(tags) };
    if (await run(() => commands.updateProfile(changes))) onClose();
  };

  return (
    <Dialog
      title={t("profile.name")}
      description={t("profile.description")}
      closeName={t("action.cancel")}
      onClose={onClose}
    >
      <form onSubmit={(event) => void submit(event)}>
        <Field
          label={t("profile.alias")}
          value={alias}
          onChange={(event) => setAlias(event.target.value)}
          maxLength={LIMITS.aliasChars}
          required
        />
        <TextArea
          label={t("profile.about")}
          value={about}
          onChange={setAbout}
          max={LIMITS.aboutChars}
        />
        <Field
          label={t("profile.tags")}
          hint={t("profile.tagsHint", { count: LIMITS.tagsPerPerson })}
          value={tags}
          onChange={(event) => setTags(event.target.value)}
        />
        <div className="flagship-dialog-actions">
          <button type="submit" className="flagship-primary" disabled={isBusy}>
            {t("action.save")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
