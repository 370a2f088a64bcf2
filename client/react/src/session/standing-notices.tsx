import { MAIN_ROOM, type SessionState, selectSelf } from "@flagship/core";
import { useT } from "../i18n/messages.ts";
import { keepsOrder } from "../shared/names.ts";
import { useSessionState } from "./context.tsx";

/** What holds for as long as it is so, and what one should know while it does. */
export function StandingNotices() {
  const t = useT();
  const isRecording = useSessionState((state) => state.session?.recording ?? false);
  const isAnonymous = useSessionState((state) => state.session?.anonymous ?? false);
  const isMuted = useSessionState((state) => selectSelf(state)?.muted ?? false);
  const late = useSessionState(lateNotice);
  return (
    <>
      {isRecording && (
        <p className="flagship-banner flagship-recording">
          <span className="flagship-dot" aria-hidden="true" />
          {t("standing.recorded")}
        </p>
      )}
      {isAnonymous && <p className="flagship-banner">{t("standing.anonymous")}</p>}
      {isMuted && <p className="flagship-banner">{t("standing.muted")}</p>}
      {late !== null && <p className="flagship-banner flagship-late">{t(late)}</p>}
    </>
  );
}

/** What is told to somebody who came while rooms are open and has none; `null` for everybody else. */
function lateNotice(state: SessionState): "standing.chooseRoom" | "standing.waitForRoom" | null {
  const { session, rooms } = state;
  const self = selectSelf(state);
  if (!session || session.state === "ended" || !self || keepsOrder(self)) return null;
  const isRoundRunning = rooms.some((room) => room.state === "open");
  if (!isRoundRunning || self.roomId !== MAIN_ROOM || self.assignedRoomId !== null) return null;
  if (session.lateJoiners === "choose") {
    return "standing.chooseRoom";
  }
  if (session.selfSelect) return null;
  return "standing.waitForRoom";
}
