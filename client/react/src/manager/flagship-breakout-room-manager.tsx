import type { SessionId } from "@flagship/core";
import { useLocale } from "../i18n/locale-context.ts";
import { useT } from "../i18n/messages.ts";
import { useFlagshipClient } from "../provider/flagship-provider.tsx";
import { SessionProvider } from "../session/context.tsx";
import { Stopped } from "../session/stopped.tsx";
import { NoticesProvider } from "../shared/notices.tsx";
import { ExpectedPeople } from "./expected-people.tsx";
import { IdentityCheck } from "./identity-check.tsx";
import { ManagerHead } from "./manager-head.tsx";
import { SessionWorkspace } from "./session-workspace.tsx";
import { type RoomChanges, useRoomChanges } from "./use-room-changes.ts";

/** Somebody as the page around knows them. */
export interface FlagshipUser {
  /** Their id in the tokens of the page: the `sub` claim, or one of those that take its place. */
  id: string;
  /** What the page calls them. In the session they have the alias of their token. */
  name?: string;
}

/** What the manager needs to know. */
export interface FlagshipBreakoutRoomManagerProps extends RoomChanges {
  /** The session; whoever may enter it does so by looking at this. */
  sessionId: SessionId;
  /**
   * Who the page believes is looking. Who they are to the service is in the token alone: if it is somebody else, the
   * manager says so.
   */
  currentUser?: FlagshipUser;
  /** Who should come. Those who are not there yet are shown to hosts, who can give them a room before they arrive. */
  participants?: readonly FlagshipUser[];
}

/**
 * Breakout rooms for the person at this page, host or not: rooms, chat and people, with all that they may do. As
 * high as the element around it. Needs a `FlagshipProvider` around it, and `@flagship/react/styles.css`.
 */
export function FlagshipBreakoutRoomManager({
  sessionId,
  currentUser,
  participants,
  onJoinRoom,
  onLeaveRoom,
}: FlagshipBreakoutRoomManagerProps) {
  const t = useT();
  const { language, dir } = useLocale();
  const session = useFlagshipClient().session(sessionId);
  return (
    <section
      className="flagship"
      data-embedded="true"
      lang={language}
      dir={dir}
      aria-label={t("workspace.label")}
    >
      <NoticesProvider>
        <SessionProvider key={sessionId} session={session}>
          <TellOfRooms onJoinRoom={onJoinRoom} onLeaveRoom={onLeaveRoom} />
          <div className="flagship-session" data-embedded="true">
            <ManagerHead />
            <div className="flagship-workspace">
              <SessionWorkspace stopped={(error) => <Stopped error={error} />}>
                {currentUser && <IdentityCheck user={currentUser} />}
                {participants && <ExpectedPeople people={participants} />}
              </SessionWorkspace>
            </div>
          </div>
        </SessionProvider>
      </NoticesProvider>
    </section>
  );
}

function TellOfRooms(changes: RoomChanges) {
  useRoomChanges(changes);
  return null;
}
