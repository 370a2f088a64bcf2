import { MAIN_ROOM, type SessionState, selectSelf } from "@flagship/core";
import { keepsOrder } from "../shared/names.ts";
import { useSessionState } from "./context.tsx";

/** What holds for as long as it is so, and what one should know while it does. */
export function StandingNotices() {
  const isRecording = useSessionState((state) => state.session?.recording ?? false);
  const isAnonymous = useSessionState((state) => state.session?.anonymous ?? false);
  const isMuted = useSessionState((state) => selectSelf(state)?.muted ?? false);
  const late = useSessionState(lateWords);
  return (
    <>
      {isRecording && (
        <p className="banner recording">
          <span className="dot" aria-hidden="true" />
          This session is being recorded.
        </p>
      )}
      {isAnonymous && (
        <p className="banner">
          Anonymous session: people are known by the name they choose, to hosts too.
        </p>
      )}
      {isMuted && (
        <p className="banner">
          You are muted: what you write is held back until a host or moderator lets you speak.
        </p>
      )}
      {late !== null && <p className="banner late">{late}</p>}
    </>
  );
}

/** What is told to somebody who came while rooms are open and has none; `null` for everybody else. */
function lateWords(state: SessionState): string | null {
  const { session, rooms } = state;
  const self = selectSelf(state);
  if (!session || session.state === "ended" || !self || keepsOrder(self)) return null;
  const isRoundRunning = rooms.some((room) => room.state === "open");
  if (!isRoundRunning || self.roomId !== MAIN_ROOM || self.assignedRoomId !== null) return null;
  if (session.lateJoiners === "choose") {
    return "The rooms are open. Choose the one that you want to join.";
  }
  if (session.selfSelect) return null;
  return "The rooms are open. A host brings you into one; until then you are in Main.";
}
