import { useEffect, useState } from "react";
import type { ConversationId } from "../chat/conversations.ts";
import { useT } from "../i18n/messages.ts";
import { lazily } from "../shared/lazily.tsx";
import type { Found } from "./use-search.ts";

/** Fetched when somebody looks for something: most never do. */
const SearchDialog = lazily(async () => (await import("./search-dialog.tsx")).SearchDialog);

interface SearchButtonProps {
  shown: ConversationId;
  conversations: readonly ConversationId[];
  onGo: (found: Found) => void;
}

/** Opens the search, as Control or Command, Shift and F do. */
export function SearchButton(props: SearchButtonProps) {
  const t = useT();
  const [isOpen, setIsOpen] = useState(false);

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const isAsked = (event.ctrlKey || event.metaKey) && event.shiftKey && event.code === "KeyF";
      // On a page of somebody else's their keys are theirs, and over a dialog it would come from behind.
      const target = event.target as Element;
      const isOurs = target === document.body || target.closest(".flagship") !== null;
      if (!isAsked || !isOurs || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      setIsOpen(true);
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);

  return (
    <>
      <button
        type="button"
        className="flagship-search-button"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+Shift+F Meta+Shift+F"
        title={t("search.keys")}
        onClick={() => setIsOpen(true)}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <circle cx="10.5" cy="10.5" r="6.5" />
          <path d="m15.5 15.5 5 5" />
        </svg>
        <span>{t("search.name")}</span>
      </button>
      {isOpen && <SearchDialog {...props} meanwhile={null} onClose={() => setIsOpen(false)} />}
    </>
  );
}
