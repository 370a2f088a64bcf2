import {
  AlertsBanner,
  Chat,
  ClosingBanner,
  Invitation,
  PANES,
  type Pane,
  PaneSwitch,
  RoomsPanel,
  Roster,
  StandingNotices,
  useAnnouncements,
  useHelpQueue,
  useSessionState,
} from "@flagship/react/parts";
import { useEffect, useState } from "react";
import { SessionHeader } from "./session-header.tsx";
import { Stopped } from "./stopped.tsx";

/** One session: its rooms, the talk and the people. */
export function SessionPage({ onSignOut }: { onSignOut: () => void }) {
  const session = useSessionState((state) => state.session);
  const connection = useSessionState((state) => state.connection);
  const [pane, setPane] = useState<Pane>(PANES[0]);
  useAnnouncements();
  const stopped = connection.phase === "stopped" && (
    <Stopped error={connection.error} onSignOut={onSignOut} />
  );

  const title = session?.title;
  const isAlerted = useHelpQueue().some(({ kind }) => kind === "alert");
  useEffect(() => {
    const name = title ? `${title} · Flagship` : "Flagship";
    // Seen even while another tab is in front.
    document.title = isAlerted ? `Alert! ${name}` : name;
  }, [title, isAlerted]);

  return (
    <div className="session">
      <SessionHeader />
      {session && stopped}
      {session?.state === "ended" && (
        <p className="banner">This session has ended. What was said stays readable.</p>
      )}
      {session ? (
        <>
          <AlertsBanner />
          <StandingNotices />
          <Invitation />
          <ClosingBanner />
          <PaneSwitch pane={pane} onChange={setPane} />
          <div className="panes" data-pane={pane}>
            <RoomsPanel />
            <Chat />
            <Roster />
          </div>
        </>
      ) : (
        <main className="waiting">{stopped || <p>Connecting to the session…</p>}</main>
      )}
    </div>
  );
}
