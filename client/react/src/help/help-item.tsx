import type { HelpRequest } from "@flagship/core";
import { useSession, useSessionState } from "../session/context.tsx";
import { Elapsed } from "../shared/elapsed.tsx";
import { aliasOf, roomName } from "../shared/names.ts";
import { useAction } from "../shared/use-action.ts";

/** A request for help, with how long it waits and what to do about it. */
export function HelpItem({ request }: { request: HelpRequest }) {
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
    <li className="help-item" data-kind={kind}>
      <p className="help-head">
        <strong>
          {kind === "alert" ? "Alert: " : ""}
          {alias}
        </strong>
        <span className="hint">
          {roomName(rooms, roomId)}, {claimedBy === null ? "waits" : "since"}{" "}
          <Elapsed since={request.askedAt} />
        </span>
      </p>
      {aboutParticipantId !== null && <p>About {aliasOf(participants, aboutParticipantId)}</p>}
      {text !== null && <p className="content">{text}</p>}
      {claimedBy !== null && (
        <p className="hint">
          {isMine
            ? "You said that you are coming."
            : `${aliasOf(participants, claimedBy)} is coming.`}
        </p>
      )}
      <div className="settings-row">
        {!isTaken && (
          <button
            type="button"
            className="primary"
            disabled={isBusy}
            aria-label={`I am coming, ${alias}`}
            onClick={() => void run(() => commands.claimHelp(id))}
          >
            I am coming
          </button>
        )}
        <button
          type="button"
          disabled={isBusy}
          aria-label={`Done for ${alias}`}
          onClick={() => void run(() => commands.resolveHelp(id))}
        >
          Done
        </button>
      </div>
    </li>
  );
}
