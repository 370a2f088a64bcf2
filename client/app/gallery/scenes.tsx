// Everything that the app and its components can look like, each under a name of its own.

import { type FlagshipClient, FlagshipError, type SessionState } from "@flagship/core";
import { FlagshipBreakoutRoomManager, FlagshipSystemStatus } from "@flagship/react";
import { type MessageKey, SessionProvider, useNotify, useT } from "@flagship/react/parts";
import { type ReactNode, useEffect, useState } from "react";
import { AssignmentDialog } from "../../react/src/assignment/assignment-dialog.tsx";
import { BroadcastDialog } from "../../react/src/broadcast/broadcast-dialog.tsx";
import { directWith } from "../../react/src/chat/conversations.ts";
import { useShownChat } from "../../react/src/chat/shown-chat.ts";
import { DebriefDialog } from "../../react/src/debrief/debrief-dialog.tsx";
import { GuestsDialog } from "../../react/src/guests/guests-dialog.tsx";
import { ListsDialog } from "../../react/src/lists/lists-dialog.tsx";
import { MoveDialog } from "../../react/src/placement/move-dialog.tsx";
import { ProfileDialog } from "../../react/src/profile/profile-dialog.tsx";
import { ClientContext } from "../../react/src/provider/flagship-provider.tsx";
import { CreateRoomsDialog } from "../../react/src/rooms/create-rooms-dialog.tsx";
import { SearchDialog } from "../../react/src/search/search-dialog.tsx";
import { TemplatesDialog } from "../../react/src/templates/templates-dialog.tsx";
import { EntryForm } from "../src/session/entry-form.tsx";
import { SessionPage } from "../src/session/session-page.tsx";
import { SettingsDialog } from "../src/settings/settings-dialog.tsx";
import { ShareDialog } from "../src/sharing/share-dialog.tsx";
import { StartPage } from "../src/start/start-page.tsx";
import { ada, linus } from "./cast.ts";
import { fakeSession } from "./fake-session.ts";
import * as states from "./states.ts";

const nothing = () => {};

function Scene({ state, children }: { state: SessionState; children?: ReactNode }) {
  const [session] = useState(() => fakeSession(state));
  return (
    <SessionProvider session={session}>
      <SessionPage onSignOut={nothing} />
      {children}
    </SessionProvider>
  );
}

/** The components as they stand on a page of somebody else's, at somebody's session. */
function Embedded({ state, children }: { state: SessionState; children: ReactNode }) {
  const [client] = useState(() => {
    const session = fakeSession(state);
    return { session: () => session } as unknown as FlagshipClient;
  });
  return (
    <ClientContext value={client}>
      <div className="flagship-embedding">{children}</div>
    </ClientContext>
  );
}

const manager = (state: SessionState) => (
  <Embedded state={state}>
    <FlagshipBreakoutRoomManager
      sessionId="spring"
      currentUser={{ id: state.selfId ?? "ada" }}
      participants={[{ id: "ada" }, { id: "hopper", name: "Hopper" }]}
    />
  </Embedded>
);
const status = (state: SessionState) => (
  <Embedded state={state}>
    <FlagshipSystemStatus sessionId="spring" />
  </Embedded>
);

/** Presses what has this name, once it is there: most of a session's page is fetched later. */
function Press({ name }: { name: MessageKey }) {
  const t = useT();
  const words = t(name as "help.name");
  const [isPressed, setIsPressed] = useState(false);
  useEffect(() => {
    if (isPressed) return;
    let isOver = false;
    const look = () => {
      if (isOver) return;
      const buttons = [...document.querySelectorAll("button")];
      const button = buttons.find(({ textContent }) => textContent === words);
      if (!button) return;
      isOver = true;
      button.click();
      setIsPressed(true);
    };
    const page = new MutationObserver(look);
    page.observe(document.body, { childList: true, subtree: true });
    // Not while the page is put together, which in strict mode happens twice.
    queueMicrotask(look);
    return () => {
      isOver = true;
      page.disconnect();
    };
  }, [words, isPressed]);
  return isPressed ? null : <span hidden data-coming="true" />;
}

/** Looks for something, as a person would: writes it and presses Enter. */
function Searching({ words }: { words: string }) {
  useEffect(() => {
    const form = document.querySelector<HTMLFormElement>("search form");
    const field = form?.querySelector("input");
    if (!form || !field) return;
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, words);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    requestAnimationFrame(() => form.requestSubmit());
  }, [words]);
  return <SearchDialog shown="main" conversations={["main"]} onGo={nothing} onClose={nothing} />;
}

function Aside() {
  const [, show] = useShownChat();
  useEffect(() => show(directWith(linus.id)), [show]);
  return null;
}

function Noticed() {
  const notify = useNotify();
  useEffect(() => {
    notify("info", "Linus asks for help, in Blue.");
    notify("error", "The room is full: 4 of 4 places are taken.");
  }, [notify]);
  return null;
}

const locked = states.stopped(
  new FlagshipError("session_locked", "the session is locked: nobody new may enter"),
);

const deadEnd = (code: FlagshipError["code"], words: string) => (
  <Scene state={states.stopped(new FlagshipError(code, words))} />
);
const pressed = (state: SessionState, name: MessageKey) => (
  <Scene state={state}>
    <Press name={name} />
  </Scene>
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
  announced: <Scene state={states.announced} />,
  unsent: <Scene state={states.unsent} />,
  waiting: <Scene state={states.waiting} />,
  urgent: <Scene state={states.urgent} />,
  offline: <Scene state={states.offline} />,
  refused: (
    <Scene state={states.refused}>
      <Noticed />
    </Scene>
  ),
  ended: <Scene state={states.ended} />,
  "ended-reading": pressed(states.ended, "ended.read"),
  direct: (
    <Scene state={states.lively}>
      <Aside />
    </Scene>
  ),
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
  proposal: over(
    <>
      <AssignmentDialog onClose={nothing} />
      <Press name="groups.propose" />
    </>,
  ),
  broadcast: over(<BroadcastDialog roomIds={undefined} onClose={nothing} />),
  lists: over(<ListsDialog onClose={nothing} />),
  templates: over(<TemplatesDialog onClose={nothing} />),
  guests: over(<GuestsDialog onClose={nothing} />),
  "several-rooms": over(<CreateRoomsDialog onClose={nothing} />),
  move: over(<MoveDialog person={linus} onClose={nothing} />),
  search: over(<Searching words="idea" />),
  "search-nothing": over(<Searching words="lighthouse" />),
  profile: over(<ProfileDialog self={ada} onClose={nothing} />),
  debrief: over(<DebriefDialog onClose={nothing} />),
  "ask-for-help": pressed(states.guest, "help.name"),
  leaving: pressed(states.guest, "leave.name"),
  manager: manager(states.lively),
  "manager-participant": manager(states.guest),
  "manager-loading": manager(states.connecting),
  "manager-empty": manager(states.fresh),
  "manager-refused": manager(states.refused),
  "manager-stopped": manager(locked),
  "manager-offline": manager(states.offline),
  "manager-hundred-rooms": manager(states.hundredRooms),
  "manager-thousand-people": manager(states.thousandPeople),
  "manager-ended": manager(states.ended),
  status: status(states.measured),
  "status-loading": status(states.connecting),
  "status-empty": status(states.fresh),
  "status-offline": status(states.cutOff),
  "status-refused": status(locked),
  "status-dialog": pressed(states.measured, "status.button"),
};
