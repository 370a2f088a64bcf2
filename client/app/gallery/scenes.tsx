// Everything that the app can look like, each under a name of its own.

import { FlagshipError, type SessionState } from "@flagship/core";
import { SessionProvider } from "@flagship/react/parts";
import { type ReactNode, useEffect } from "react";
import { AssignmentDialog } from "../../react/src/assignment/assignment-dialog.tsx";
import { BroadcastDialog } from "../../react/src/broadcast/broadcast-dialog.tsx";
import { DebriefDialog } from "../../react/src/debrief/debrief-dialog.tsx";
import { ListsDialog } from "../../react/src/lists/lists-dialog.tsx";
import { useNotify } from "../../react/src/shared/notices.tsx";
import { TemplatesDialog } from "../../react/src/templates/templates-dialog.tsx";
import { EntryForm } from "../src/session/entry-form.tsx";
import { SessionPage } from "../src/session/session-page.tsx";
import { SettingsDialog } from "../src/settings/settings-dialog.tsx";
import { ShareDialog } from "../src/sharing/share-dialog.tsx";
import { StartPage } from "../src/start/start-page.tsx";
import { fakeSession } from "./fake-session.ts";
import * as states from "./states.ts";

const nothing = () => {};

function Scene({ state, children }: { state: SessionState; children?: ReactNode }) {
  return (
    <SessionProvider session={fakeSession(state)}>
      <SessionPage onSignOut={nothing} />
      {children}
    </SessionProvider>
  );
}

function Noticed() {
  const notify = useNotify();
  useEffect(() => {
    notify("info", "Linus asks for help, in Blue.");
    notify("error", "The room is full: 4 of 4 places are taken.");
  }, [notify]);
  return null;
}

const deadEnd = (code: FlagshipError["code"], words: string) => (
  <Scene state={states.stopped(new FlagshipError(code, words))} />
);
const over = (dialog: ReactNode) => <Scene state={states.lively}>{dialog}</Scene>;

/** By name; the name is in the address, as `?scene=host`. */
export const scenes: Record<string, ReactNode> = {
  start: <StartPage />,
  enter: (
    <EntryForm
      signIn={{
        identity: undefined,
        offered: undefined,
        asks: "alias",
        entered: "",
        enter: nothing,
        signIn: async () => ({ token: "", alias: "" }),
        acceptOffer: nothing,
        signOut: nothing,
      }}
    />
  ),
  connecting: <Scene state={states.connecting} />,
  fresh: <Scene state={states.fresh} />,
  host: <Scene state={states.lively} />,
  participant: <Scene state={states.guest} />,
  waiting: <Scene state={states.waiting} />,
  urgent: <Scene state={states.urgent} />,
  offline: <Scene state={states.offline} />,
  refused: (
    <Scene state={states.refused}>
      <Noticed />
    </Scene>
  ),
  ended: <Scene state={states.ended} />,
  "hundred-rooms": <Scene state={states.hundredRooms} />,
  "thousand-people": <Scene state={states.thousandPeople} />,
  "not-found": deadEnd("session_not_found", "there is no session with this id"),
  full: deadEnd("session_full", "the session is full: it takes 1,000 people"),
  locked: deadEnd("session_locked", "the session is locked: nobody new may enter"),
  banned: deadEnd("banned", "a host or moderator has banned you from this session"),
  removed: deadEnd("removed", "a host or moderator removed you from the session"),
  left: deadEnd("left", "You have left this session."),
  "signed-out": deadEnd("unauthorized", "Your sign-in is no longer accepted. Sign in again."),
  settings: over(<SettingsDialog onClose={nothing} />),
  share: over(<ShareDialog onClose={nothing} />),
  groups: over(<AssignmentDialog onClose={nothing} />),
  broadcast: over(<BroadcastDialog roomIds={undefined} onClose={nothing} />),
  lists: over(<ListsDialog onClose={nothing} />),
  templates: over(<TemplatesDialog onClose={nothing} />),
  debrief: over(<DebriefDialog onClose={nothing} />),
};
