import { useT } from "../i18n/messages.ts";

/** The way back to the end, with how much has come there meanwhile. */
export function JumpToNewest({ count, onJump }: { count: number; onJump: () => void }) {
  const t = useT();
  return (
    <button type="button" className="flagship-jump-to-newest" onClick={onJump}>
      <span aria-hidden="true">↓ </span>
      {count === 0 ? t("chat.newest") : t("chat.newCount", { count })}
    </button>
  );
}
