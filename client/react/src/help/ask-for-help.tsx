import { LIMITS } from "@flagship/core";
import { type FormEvent, useState } from "react";
import { useT } from "../i18n/messages.ts";
import { useSession, useSessionState } from "../session/context.tsx";
import { Dialog } from "../shared/dialog.tsx";
import { DialogButton } from "../shared/dialog-button.tsx";
import { Elapsed } from "../shared/elapsed.tsx";
import { aliasOf } from "../shared/names.ts";
import { TextArea } from "../shared/text-area.tsx";
import { useAction } from "../shared/use-action.ts";

/** Asks a moderator to come, and shows what became of it. */
export function AskForHelp() {
  const t = useT();
  const { commands } = useSession();
  const { isBusy, run } = useAction();
  const [text, setText] = useState("");
  const participants = useSessionState((state) => state.participants);
  const own = useSessionState((state) => state.own.help.find(({ kind }) => kind === "help"));

  if (own) {
    return (
      <div className="flagship-own-help">
        <p>
          {own.claimedBy === null
            ? t("help.asked")
            : t("help.comes", { name: aliasOf(t, participants, own.claimedBy) })}{" "}
          <span className="flagship-hint">
            <Elapsed since={own.askedAt} />
          </span>
        </p>
        <button
          type="button"
          disabled={isBusy}
          onClick={() => void run(() => commands.cancelHelp(own.id))}
        >
          {t("help.cancel")}
        </button>
      </div>
    );
  }
  return (
    <DialogButton name={t("help.name")}>
      {(close) => (
        <Dialog
          title={t("help.name")}
          description={t("help.description")}
          closeName={t("action.cancel")}
          onClose={close}
        >
          <form
            onSubmit={async (event: FormEvent) => {
              event.preventDefault();
              const about = text.trim();
              const asked = await run(() =>
                commands.askForHelp({ kind: "help", ...(about && { text: about }) }),
              );
              if (!asked) return;
              setText("");
              close();
            }}
          >
            <TextArea
              label={t("help.about")}
              value={text}
              onChange={setText}
              max={LIMITS.helpChars}
            />
            <div className="flagship-dialog-actions">
              <button type="submit" className="flagship-primary" disabled={isBusy}>
                {t("help.ask")}
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </DialogButton>
  );
}
