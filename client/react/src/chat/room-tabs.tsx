import type { ReactNode } from "react";
import { useT } from "../i18n/messages.ts";
import { unseen } from "../shared/unseen.tsx";

interface Tab {
  id: string;
  name: string;
  unread: number;
}

interface RoomTabsProps {
  tabs: readonly Tab[];
  shown: string;
  onShow: (roomId: string) => void;
  /** What stands beside them. */
  children?: ReactNode;
}

/** Which room's talk is shown, and where something new was said. */
export function RoomTabs({ tabs, shown, onShow, children }: RoomTabsProps) {
  const t = useT();
  return (
    <div className="flagship-tabs">
      <h2 className="flagship-visually-hidden">{t("chat.title")}</h2>
      <div className="flagship-tab-list">
        {tabs.map(({ id, name, unread }) => (
          <button key={id} type="button" aria-pressed={id === shown} onClick={() => onShow(id)}>
            {name}
            {unread > 0 && (
              <span className="flagship-count">
                {t.rich("chat.new", { count: unread, more: unseen })}
              </span>
            )}
          </button>
        ))}
      </div>
      {children}
    </div>
  );
}
