import {
  MAIN_ROOM,
  type Participant,
  type ParticipantId,
  type Room,
  selectExpected,
} from "@flagship/core";
import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
import { useSession, useSessionState } from "../session/context.tsx";
import { keepsOrder, keepsOrderIn } from "../shared/names.ts";
import { useAction } from "../shared/use-action.ts";
import { Choice } from "./choice.tsx";

/** No room and nobody has this id. */
const NONE = "";

interface PersonPlaceProps {
  person: Participant;
  rooms: readonly Room[];
  self: Participant;
}

/** Where somebody is, where they belong, and where they are asked to come. */
export function PersonPlace({ person, rooms, self }: PersonPlaceProps) {
  const t = useT();
  const formats = useFormats();
  const { commands, store } = useSession();
  const { run } = useAction();
  const participants = useSessionState((state) => state.participants);
  const isKeeper = keepsOrder(self);
  const inviting = rooms.filter(
    (room) => room.state === "open" && room.id !== person.roomId && keepsOrderIn(self, room),
  );
  const isInMine = rooms.some((room) => room.id === person.roomId && keepsOrderIn(self, room));
  const open = rooms.filter((room) => room.state === "open" || room.id === person.roomId);
  const others = Object.values(participants)
    .filter(({ id }) => id !== person.id)
    .sort((a, b) => formats.compare(a.alias, b.alias));
  const swapWith = (otherId: ParticipantId) => {
    const seen = selectExpected(store.getState()).participants;
    const [one, other] = [seen[person.id], seen[otherId]];
    if (!one || !other) return;
    const places = { expected: placeOf(one), otherExpected: placeOf(other) };
    void run(() => commands.swapParticipants(one.id, other.id, places));
  };
  const main = [MAIN_ROOM, t("place.main")] as const;

  return (
    <>
      {isKeeper && (
        <Choice
          label={t("form.room")}
          value={person.roomId}
          options={[main, ...open.map(entry)]}
          onChoose={(roomId) =>
            void run(() => commands.moveParticipant(person.id, roomId, person.roomId))
          }
        />
      )}
      {!isKeeper && isInMine && (
        <button
          type="button"
          onClick={() =>
            void run(() => commands.moveParticipant(person.id, MAIN_ROOM, person.roomId))
          }
        >
          {t("people.bringBack")}
        </button>
      )}
      {person.id !== self.id && inviting.length > 0 && (
        <Choice
          label={t("people.inviteTo")}
          value={person.invitation?.roomId ?? NONE}
          options={[[NONE, t("form.nowhere")], ...inviting.map(entry)]}
          onChoose={(chosen) =>
            void run(() =>
              commands.inviteParticipants([person.id], chosen === NONE ? null : chosen),
            )
          }
        />
      )}
      {isKeeper && rooms.length > 0 && (
        <Choice
          label={t("people.assignment")}
          value={person.assignedRoomId ?? NONE}
          options={[[NONE, t("form.none")], ...rooms.map(entry)]}
          onChoose={(chosen) => {
            const roomId = chosen === NONE ? null : chosen;
            const expectedRoomId = person.assignedRoomId;
            void run(() => commands.assign([{ participantId: person.id, roomId, expectedRoomId }]));
          }}
        />
      )}
      {isKeeper && others.length > 0 && rooms.length > 0 && (
        <Choice
          label={t("people.swapWith")}
          value={NONE}
          options={[
            [NONE, t("form.nobody")],
            ...others.map(({ id, alias }) => [id, alias] as const),
          ]}
          onChoose={swapWith}
        />
      )}
    </>
  );
}

const placeOf = ({ roomId, assignedRoomId }: Participant) => ({ roomId, assignedRoomId });

const entry = (room: Room) => [room.id, room.name] as const;
