import { selectSelf } from "@flagship/core";
import type { ReactNode } from "react";
import { DebriefDialog } from "../debrief/debrief-dialog.tsx";
import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
import { DialogButton } from "../shared/dialog-button.tsx";
import { keepsOrder } from "../shared/names.ts";
import { useSessionState } from "./context.tsx";

interface EndedProps {
  /** Shows what was said. */
  onRead: () => void;
  /** Where one may go from here. */
  children?: ReactNode;
}

/** The session is over: what it was, and what one can still do. */
export function Ended({ onRead, children }: EndedProps) {
  const t = useT();
  const formats = useFormats();
  const session = useSessionState((state) => state.session);
  const isKeeper = useSessionState((state) => keepsOrder(selectSelf(state)));
  const people = useSessionState((state) => Object.keys(state.participants).length);
  if (!session) return null;
  return (
    <div className="flagship-waiting">
      <section className="flagship-ended" aria-label={t("ended.title")}>
        <h2>{t("ended.title")}</h2>
        <p>{t("ended.hint")}</p>
        <p className="flagship-hint">
          {t("ended.about", {
            title: session.title,
            time: formats.dateAndTime(session.createdAt),
            count: people,
          })}
        </p>
        <div className="flagship-settings-row">
          <button type="button" className="flagship-primary" onClick={onRead}>
            {t("ended.read")}
          </button>
          {isKeeper && (
            <DialogButton name={t("tools.debrief")}>
              {(close) => <DebriefDialog onClose={close} />}
            </DialogButton>
          )}
          {children}
        </div>
      </section>
    </div>
  );
}
