import type { Participant, Room } from "@flagship/core";
import { useSession } from "../session/context.tsx";
import { ConfirmButton } from "../shared/confirm-button.tsx";
import { keepsOrder, keepsOrderIn } from "../shared/names.ts";
import { useAction } from "../shared/use-action.ts";

interface PersonConductProps {
  person: Participant;
  rooms: readonly Room[];
  self: Participant;
}

/** What can be done about somebody who disturbs. */
export function PersonConduct({ person, rooms, self }: PersonConductProps) {
  const { commands } = useSession();
  const { isBusy, run } = useAction();
  const isKeeper = keepsOrder(self);
  const isInMine = rooms.some((room) => room.id === person.roomId && keepsOrderIn(self, room));
  return (
    <div className="settings-row">
      {!keepsOrder(person) && (isKeeper || isInMine) && (
        <button
          type="button"
          disabled={isBusy}
          aria-label={person.muted ? `Let speak: ${person.alias}` : `Mute ${person.alias}`}
          onClick={() => void run(() => commands.muteParticipant(person.id, !person.muted))}
        >
          {person.muted ? "Let speak" : "Mute"}
        </button>
      )}
      {isKeeper && person.role !== "host" && (
        <>
          <ConfirmButton
            name="Remove"
            title={`Remove ${person.alias}?`}
            description={`${person.alias} leaves the session and is told so. They may come back.`}
            confirmName="Remove"
            isGrave
            onConfirm={() => commands.removeParticipant(person.id)}
          />
          <ConfirmButton
            name="Ban"
            title={`Ban ${person.alias}?`}
            description={`${person.alias} leaves the session and cannot come back, whatever device they use.`}
            confirmName="Ban"
            isGrave
            onConfirm={() => commands.banParticipant(person.id)}
          />
        </>
      )}
    </div>
  );
}
