import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useT } from "../i18n/messages.ts";

/**
 * How a notice shows: an error stays until it is dismissed, `quiet` is for screen readers only. `spoken` is for screen
 * readers and for the attention of a person on another page: the text is on this page in another form.
 */
type Kind = "error" | "info" | "quiet" | "spoken";

interface Notice {
  id: number;
  kind: Kind;
  text: string;
}

/** Tells the person something, on the page and to a screen reader, without taking the focus. */
export type Notify = (kind: Kind, text: string) => void;

const NotifyContext = createContext<Notify>(() => {});
const RegionContext = createContext<ReactNode>(null);

/** How long a notice that is no error stays. Milliseconds: time to read a line twice. */
const STAYS_MS = 7_000;

let nextId = 1;

interface NoticesProviderProps {
  /** Hears of each notice that is there for the eye, however it is shown. */
  onNotice?: (text: string) => void;
  children: ReactNode;
}

/** Holds the notices and shows them in one polite live region, so that they do not talk over each other. */
export function NoticesProvider({ onNotice, children }: NoticesProviderProps) {
  const t = useT();
  const [notices, setNotices] = useState<readonly Notice[]>([]);

  const dismiss = useCallback((id: number) => {
    setNotices((held) => held.filter((notice) => notice.id !== id));
  }, []);

  const heard = useRef(onNotice);
  useEffect(() => {
    heard.current = onNotice;
  }, [onNotice]);

  const isHeld = useRef(false);

  const notify = useCallback<Notify>(
    (kind, text) => {
      if (kind !== "quiet") heard.current?.(text);
      const notice = { id: nextId++, kind, text };
      setNotices((held) => [...held.filter((other) => other.text !== text), notice].slice(-4));
      if (kind === "error") return;
      const leave = () => {
        // Whoever is at it reads it, or is about to.
        if (isHeld.current) setTimeout(leave, STAYS_MS);
        else dismiss(notice.id);
      };
      setTimeout(leave, STAYS_MS);
    },
    [dismiss],
  );

  const region = useMemo(
    () => (
      <div
        className="flagship-notices"
        role="status"
        aria-live="polite"
        onPointerEnter={() => {
          isHeld.current = true;
        }}
        onPointerLeave={() => {
          isHeld.current = false;
        }}
      >
        {notices.map(({ id, kind, text }) => (
          <div
            key={id}
            className={
              kind === "quiet" || kind === "spoken"
                ? "flagship-visually-hidden"
                : `flagship-notice flagship-${kind}`
            }
          >
            <span>{text}</span>
            {kind === "error" && (
              <button type="button" className="flagship-plain" onClick={() => dismiss(id)}>
                {t("action.dismiss")}
              </button>
            )}
          </div>
        ))}
      </div>
    ),
    [notices, dismiss, t],
  );

  return (
    <NotifyContext value={notify}>
      <RegionContext value={region}>{children}</RegionContext>
      {region}
    </NotifyContext>
  );
}

/** The notices again, for a dialog: what is behind it cannot be dismissed and is not read aloud. */
export function Notices() {
  return useContext(RegionContext);
}

export const useNotify = (): Notify => useContext(NotifyContext);
