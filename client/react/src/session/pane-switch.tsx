import { useKnocking } from "../admission/use-knocking.ts";
import { useHelpQueue } from "../help/use-help.ts";

/** The parts of a session's page; on a narrow screen one is shown at a time. */
export const PANES = ["chat", "rooms", "people"] as const;

export type Pane = (typeof PANES)[number];

const NAMES: Record<Pane, string> = { chat: "Chat", rooms: "Rooms", people: "People" };

/** Chooses the part to show, where there is room for one only. */
export function PaneSwitch({ pane, onChange }: { pane: Pane; onChange: (pane: Pane) => void }) {
  const waiting = useHelpQueue().length + useKnocking().length;
  return (
    <nav className="pane-switch" aria-label="Parts of the session">
      {PANES.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={name === pane}
          onClick={() => onChange(name)}
        >
          {NAMES[name]}
          {name === "people" && waiting > 0 && (
            <span className="count">
              {waiting}
              <span className="visually-hidden"> waiting</span>
            </span>
          )}
        </button>
      ))}
    </nav>
  );
}
