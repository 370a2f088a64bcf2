import { LIMITS } from "@flagship/core";
import { type FormEvent, useState } from "react";
import { useSession, useSessionState } from "../session/context.tsx";
import { Dialog } from "../shared/dialog.tsx";
import { DialogButton } from "../shared/dialog-button.tsx";
import { Elapsed } from "../shared/elapsed.tsx";
import { aliasOf } from "../shared/names.ts";
import { TextArea } from "../shared/text-area.tsx";
import { useAction } from "../shared/use-action.ts";

/** Asks a moderator to come, and shows what became of it. */
export function AskForHelp() {
  const { commands } = useSession();
  const { isBusy, run } = useAction();
  const [text, setText] = useState("");
  const participants = useSessionState((state) => state.participants);
  const own = useSessionState((state) => state.own.help.find(({ kind }) => kind === "help"));

  if (own) {
    return (
      <div className="own-help">
        <p>
          {own.claimedBy === null
            ? "You asked for help."
            : `${aliasOf(participants, own.claimedBy)} is coming.`}{" "}
          <span className="hint">
            <Elapsed since={own.askedAt} />
          </span>
        </p>
        <button
          type="button"
          disabled={isBusy}
          onClick={() => void run(() => commands.cancelHelp(own.id))}
        >
          No longer needed
        </button>
      </div>
    );
  }
  return (
    <DialogButton name="Ask for help">
      {(close) => (
        <Dialog
          title="Ask for help"
          description="Hosts and moderators see that you ask, from which room, and what you write here. Others do not."
          closeName="Cancel"
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
              label="What is it about? (optional)"
              value={text}
              onChange={setText}
              max={LIMITS.helpChars}
            />
            <div className="dialog-actions">
              <button type="submit" className="primary" disabled={isBusy}>
                Ask
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </DialogButton>
  );
}
