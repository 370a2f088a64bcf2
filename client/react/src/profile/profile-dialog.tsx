import { LIMITS, type Participant } from "@flagship/core";
import { type FormEvent, useState } from "react";
import { useSession, useSessionState } from "../session/context.tsx";
import { Dialog } from "../shared/dialog.tsx";
import { Field } from "../shared/field.tsx";
import { TextArea } from "../shared/text-area.tsx";
import { useAction } from "../shared/use-action.ts";
import { tagsIn } from "./tags.ts";

/** One's own name here, and what one says about oneself. */
export function ProfileDialog({ self, onClose }: { self: Participant; onClose: () => void }) {
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
      title="About you"
      description="Everybody sees your name. Only hosts and moderators see the rest: it helps them to put groups together."
      closeName="Cancel"
      onClose={onClose}
    >
      <form onSubmit={(event) => void submit(event)}>
        <Field
          label="Your name here"
          value={alias}
          onChange={(event) => setAlias(event.target.value)}
          maxLength={LIMITS.aliasChars}
          required
        />
        <TextArea
          label="About you (optional)"
          value={about}
          onChange={setAbout}
          max={LIMITS.aboutChars}
        />
        <Field
          label="In single words (optional)"
          hint={`Separated by commas, such as: design, chess. At most ${LIMITS.tagsPerPerson}.`}
          value={tags}
          onChange={(event) => setTags(event.target.value)}
        />
        <div className="dialog-actions">
          <button type="submit" className="primary" disabled={isBusy}>
            Save
          </button>
        </div>
      </form>
    </Dialog>
  );
}
