import { useKnocking } from "../admission/use-knocking.ts";
import { useHelpQueue } from "../help/use-help.ts";
import { useT } from "../i18n/messages.ts";
import { unseen } from "../shared/unseen.tsx";

/** The parts of a session's page; on a narrow screen one is shown at a time. */
export const PANES = ["chat", "rooms", "people"] as const;

export type Pane = (typeof PANES)[number];

/** Chooses the part to show, where there is room for one only. */
export function PaneSwitch({ pane, onChange }: { pane: Pane; onChange: (pane: Pane) => void }) {
  const t = useT();
  const waiting = useHelpQueue().length + useKnocking().length;
  return (
    <nav className="flagship-pane-switch" aria-label={t("panes.label")}>
      {PANES.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={name === pane}
          onClick={() => onChange(name)}
        >
          {t(`panes.${name}`)}
          {name === "people" && waiting > 0 && (
            <span className="flagship-count">
              {t.rich("panes.waiting", { count: waiting, more: unseen })}
            </span>
          )}
        </button>
      ))}
    </nav>
  );
}
