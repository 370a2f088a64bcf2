import { type ReactNode, useState } from "react";
import { Invitation } from "../admission/invitation.tsx";
import { BroadcastBanner } from "../broadcast/broadcast-banner.tsx";
import { Chat } from "../chat/chat.tsx";
import { useShownChat } from "../chat/shown-chat.ts";
import { UnsentTray } from "../chat/unsent-tray.tsx";
import { AlertsBanner } from "../help/alerts-banner.tsx";
import { useT } from "../i18n/messages.ts";
import { Roster } from "../people/roster.tsx";
import { RoomsPanel } from "../rooms/rooms-panel.tsx";
import { ClosingBanner } from "../session/closing-banner.tsx";
import { useSessionState } from "../session/context.tsx";
import { Ended } from "../session/ended.tsx";
import { PANES, type Pane, PaneSwitch } from "../session/pane-switch.tsx";
import { StandingNotices } from "../session/standing-notices.tsx";
import { useAnnouncements } from "../session/use-announcements.ts";

export interface WorkspaceProps {
  /** Where one may go once the session has ended. */
  afterEnd?: ReactNode;
  /** What else is to be seen above the panes. */
  children?: ReactNode;
}

/** What there is of a session that was entered. */
export function Workspace({ afterEnd, children }: WorkspaceProps) {
  const t = useT();
  const isEnded = useSessionState((state) => state.session?.state === "ended");
  const [pane, setPane] = useState<Pane>(PANES[0]);
  const [isReading, setIsReading] = useState(false);
  useAnnouncements();
  // Where one part is shown at a time, who chose a conversation elsewhere wants to see it.
  const [chosen] = useShownChat();
  const [followed, setFollowed] = useState(chosen);
  if (chosen !== followed) {
    setFollowed(chosen);
    setPane("chat");
  }
  if (isEnded && !isReading) return <Ended onRead={() => setIsReading(true)}>{afterEnd}</Ended>;
  return (
    <>
      {isEnded && (
        <div className="flagship-banner">
          <p>{t("workspace.ended")}</p>
          {afterEnd}
        </div>
      )}
      {children}
      <AlertsBanner />
      <BroadcastBanner />
      <UnsentTray />
      <StandingNotices />
      <Invitation />
      <ClosingBanner />
      <PaneSwitch pane={pane} onChange={setPane} />
      <div className="flagship-panes" data-pane={pane}>
        <RoomsPanel />
        <Chat />
        <Roster />
      </div>
    </>
  );
}
