import { MAIN_ROOM, type Participant, type Role, type Room } from "@flagship/core";
import { useSession } from "../session/context.tsx";
import { MAIN_NAME, ROLE_NAMES } from "../shared/names.ts";
import { useAction } from "../shared/use-action.ts";
import { Choice } from "./choice.tsx";

/** No room has this id. */
const NONE = "";

interface PersonSettingsProps {
  person: Participant;
  rooms: readonly Room[];
  canGiveRoles: boolean;
}

/** What hosts and moderators may do about somebody. */
export function PersonSettings({ person, rooms, canGiveRoles }: PersonSettingsProps) {
  const { commands } = useSession();
  const { run } = useAction();
  const open = rooms.filter((room) => room.state === "open" || room.id === person.roomId);
  return (
    <details className="settings">
      <summary>
        Manage<span className="visually-hidden"> {person.alias}</span>
      </summary>
      <Choice
        label="Room"
        value={person.roomId}
        options={[[MAIN_ROOM, MAIN_NAME], ...open.map((room) => [room.id, room.name] as const)]}
        onChoose={(roomId) => void run(() => commands.moveParticipant(person.id, roomId))}
      />
      {rooms.length > 0 && (
        <Choice
          label="Assignment"
          value={person.assignedRoomId ?? NONE}
          options={[[NONE, "None"], ...rooms.map((room) => [room.id, room.name] as const)]}
          onChoose={(chosen) => {
            const roomId = chosen === NONE ? null : chosen;
            void run(() => commands.assign([{ participantId: person.id, roomId }]));
          }}
        />
      )}
      {canGiveRoles && (
        <Choice
          label="Role"
          value={person.role}
          options={Object.entries(ROLE_NAMES) as [Role, string][]}
          onChoose={(role) => void run(() => commands.setRole(person.id, role))}
        />
      )}
    </details>
  );
}
