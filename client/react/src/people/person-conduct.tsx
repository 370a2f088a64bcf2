import { isMutedIn, type Participant, type Room } from "@flagship/core";
import { useT } from "../i18n/messages.ts";
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
  const t = useT();
  const { commands } = useSession();
  const { isBusy, run } = useAction();
  const name = person.alias;
  const isKeeper = keepsOrder(self);
  const isMuted = isMutedIn(person, person.roomId);
  // What was muted in the whole session is not for a facilitator to lift.
  const mayMute = isKeeper || !person.muted;
  const isInMine = rooms.some((room) => room.id === person.roomId && keepsOrderIn(self, room));
  return (
    <div className="flagship-settings-row">
      {!keepsOrder(person) && (isKeeper || isInMine) && mayMute && (
        <button
          type="button"
          disabled={isBusy}
          aria-label={t(isMuted ? "people.letSpeakWhom" : "people.muteWhom", { name })}
          onClick={() => void run(() => commands.muteParticipant(person.id, !isMuted))}
        >
          {t(isMuted ? "people.letSpeak" : "people.mute")}
        </button>
      )}
      {isKeeper && person.role !== "host" && (
        <>
          <ConfirmButton
            name={t("people.remove")}
            title={t("people.removeTitle", { name })}
            description={t("people.removeAbout", { name })}
            confirmName={t("people.remove")}
            isGrave
            onConfirm={() => commands.removeParticipant(person.id)}
          />
          <ConfirmButton
            name={t("people.ban")}
            title={t("people.banTitle", { name })}
            description={t("people.banAbout", { name })}
            confirmName={t("people.ban")}
            isGrave
            onConfirm={() => commands.banParticipant(person.id)}
          />
        </>
      )}
    </div>
  );
}
