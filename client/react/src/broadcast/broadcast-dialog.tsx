import { LIMITS, MAIN_ROOM, selectSelf } from "@flagship/core";
import { type FormEvent, useState } from "react";
import { useT } from "../i18n/messages.ts";
import { isInUse } from "../rooms/states.ts";
import { useSession, useSessionState } from "../session/context.tsx";
import { Checkbox } from "../shared/checkbox.tsx";
import { Dialog } from "../shared/dialog.tsx";
import { isBlank } from "../shared/is-blank.ts";
import { keepsOrder, keepsOrderIn } from "../shared/names.ts";
import { useNotify } from "../shared/notices.tsx";
import { TextArea } from "../shared/text-area.tsx";
import { useAction } from "../shared/use-action.ts";
import { SentBroadcasts } from "./sent-broadcasts.tsx";

interface BroadcastDialogProps {
  roomIds: readonly string[] | undefined;
  onClose: () => void;
}

/** Says something to everyone, or to some rooms, from wherever one is. */
export function BroadcastDialog({ roomIds, onClose }: BroadcastDialogProps) {
  const t = useT();
  const session = useSession();
  const { isBusy, run } = useAction();
  const notify = useNotify();
  const self = useSessionState(selectSelf);
  const rooms = useSessionState((state) => state.rooms);
  const [content, setContent] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>(roomIds ?? []);
  const open = rooms.filter((room) => isInUse(room) && keepsOrderIn(self, room));
  const mayAll = keepsOrder(self);
  const to = chosen.filter((id) => open.some((room) => room.id === id));
  const isToAll = mayAll && to.length === 0;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const sent = await run(() => session.commands.broadcast(content, isToAll ? undefined : to));
    if (!sent) return;
    setContent("");
    notify("info", t(isToAll ? "broadcast.sent" : "broadcast.sentTo"));
    // One does not follow every room: what was said there is looked up.
    await run(() => Promise.all((isToAll ? [MAIN_ROOM] : to).map((id) => session.loadNewest(id))));
  };

  return (
    <Dialog title={t("broadcast.title")} description={t("broadcast.description")} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        {open.length > 0 && (
          <fieldset className="flagship-choices">
            <legend>{t(mayAll ? "broadcast.toOrAll" : "broadcast.to")}</legend>
            {open.map((room) => (
              <Checkbox
                key={room.id}
                label={room.name}
                isChecked={to.includes(room.id)}
                onChange={(isChecked) =>
                  setChosen(isChecked ? [...to, room.id] : to.filter((id) => id !== room.id))
                }
              />
            ))}
          </fieldset>
        )}
        <TextArea
          label={t("form.message")}
          value={content}
          onChange={setContent}
          max={LIMITS.messageChars}
          isRequired
        />
        <div className="flagship-dialog-actions">
          <button
            type="submit"
            className="flagship-primary"
            disabled={isBusy || isBlank(content) || (!isToAll && to.length === 0)}
          >
            {isToAll ? t("broadcast.send") : t("broadcast.sendTo", { count: to.length })}
          </button>
        </div>
      </form>
      <SentBroadcasts />
    </Dialog>
  );
}
