import { type ComponentType, type ReactNode, useEffect, useEffectEvent, useState } from "react";
import { useT } from "../i18n/messages.ts";

/** A part of the page whose code is fetched when it is first shown, or before that by `fetch`. */
export interface LazyPart<P extends object> {
  (props: P & Meanwhile): ReactNode;
  /** Fetches the code, for somewhere that it is about to be needed. Never rejects: whoever shows it tries again. */
  fetch(): Promise<void>;
}

interface Meanwhile {
  /**
   * What shows until the code is there; absent for a word that it is coming, where that takes long enough to be read.
   * `null` for what nobody waits for: then nothing is said either when it cannot be fetched.
   */
  meanwhile?: ReactNode;
}

/**
 * Makes a lazy part of what an `import()` gives. Unlike `React.lazy` it can be tried again, when the network was away;
 * and once its code is there it shows at once, wherever it is used.
 */
export function lazily<P extends object>(bring: () => Promise<ComponentType<P>>): LazyPart<P> {
  let there: ComponentType<P> | undefined;
  let coming: Promise<ComponentType<P>> | undefined;

  const get = (): Promise<ComponentType<P>> => {
    coming ??= bring().then(
      (part) => {
        there = part;
        return part;
      },
      (error) => {
        coming = undefined;
        throw error;
      },
    );
    return coming;
  };

  function Lazy({ meanwhile, ...props }: P & Meanwhile) {
    const [Part, setPart] = useState(() => there);
    const [hasFailed, setHasFailed] = useState(false);

    useEffect(() => {
      if (Part || hasFailed) return;
      let isOver = false;
      get().then(
        (part) => isOver || setPart(() => part),
        () => isOver || setHasFailed(true),
      );
      return () => {
        isOver = true;
      };
    }, [Part, hasFailed]);

    if (Part) return <Part {...(props as P)} />;
    if (hasFailed) {
      return <NotLoaded isSilent={meanwhile === null} onAgain={() => setHasFailed(false)} />;
    }
    return meanwhile === undefined ? <Coming /> : meanwhile;
  }

  return Object.assign(Lazy, { fetch: () => get().then(...NOTHING_TO_DO) });
}

const NOTHING_TO_DO = [() => {}, () => {}] as const;

function Coming() {
  const t = useT();
  return (
    <p className="flagship-hint flagship-coming" data-coming="true">
      {t("state.loading")}
    </p>
  );
}

/** It is tried again by itself when the network is back. */
function NotLoaded({ isSilent, onAgain }: { isSilent: boolean; onAgain: () => void }) {
  const t = useT();
  const onOnline = useEffectEvent(onAgain);
  useEffect(() => {
    const again = () => onOnline();
    window.addEventListener("online", again);
    return () => window.removeEventListener("online", again);
  }, []);
  if (isSilent) return null;
  return (
    <div role="alert">
      <p className="flagship-warning">{t("state.notLoaded")}</p>
      <button type="button" onClick={onAgain}>
        {t("stopped.again")}
      </button>
    </div>
  );
}
