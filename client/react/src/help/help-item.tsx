import type { HelpRequest } from "@flagship/core";
import { useT } from "../i18n/messages.ts";
import { useSession, useSessionState } from "../session/context.tsx";
import { Elapsed } from "../shared/elapsed.tsx";
import { aliasOf, roomName } from "../shared/names.ts";
import { useAction } from "../shared/use-action.ts";

/** A request for help, with how long it waits and what to do about it. */
export function HelpItem({ request }: { request: HelpRequest }) {
  const t = useT();
  const { commands } = useSession();
  const { isBusy, run } = useAction();
  const participants = useSessionState((state) => state.participants);
  const rooms = useSessionState((state) => state.rooms);
  const selfId = useSessionState((state) => state.selfId);
  const { id, kind, alias, claimedBy, aboutParticipantId, text } = request;
  // They may have moved since.
  const roomId = participants[request.participantId]?.roomId ?? request.roomId;
  const isMine = claimedBy === selfId;
  const isTaken = claimedBy !== null && participants[claimedBy] !== undefined;

  return (
    <li className="flagship-help-item" data-kind={kind}>
      <p className="flagship-help-head">
        <strong>{kind === "alert" ? t("help.alertFrom", { name: alias }) : alias}</strong>
        <span className="flagship-hint">
          {t.rich(claimedBy === null ? "help.waits" : "help.since", {
            room: roomName(t, rooms, roomId),
            time: () => <Elapsed since={request.askedAt} />,
          })}
        </span>
      </p>
      {aboutParticipantId !== null && (
        <p>{t("help.aboutWhom", { name: aliasOf(t, participants, aboutParticipantId) })}</p>
      )}
      {text !== null && (
        <p className="flagship-content" dir="auto">
          {text}
        </p>
      )}
      {claimedBy !== null && (
        <p className="flagship-hint">
          {isMine
            ? t("help.youCome")
            : t("help.comes", { name: aliasOf(t, participants, claimedBy) })}
        </p>
      )}
      <div className="flagship-settings-row">
        {!isTaken && (
          <button
            type="button"
            className="flagship-primary"
            disabled={isBusy}
            aria-label={t("help.claimWhom", { name: alias })}
            onClick={() => void run(() => commands.claimHelp(id))}
          >
            {t("help.claim")}
          </button>
        )}
        <button
          type="button"
          disabled={isBusy}
          aria-label={t("help.doneWhom", { name: alias })}
          onClick={() => void run(() => commands.resolveHelp(id))}
        >
          {t("help.done")}
        </button>
      </div>
    </li>
  );
}
