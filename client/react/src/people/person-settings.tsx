import type { Participant, Room } from "@flagship/core";
import { useT } from "../i18n/messages.ts";
import { Disclosure } from "../shared/disclosure.tsx";
import { keepsOrder } from "../shared/names.ts";
import { unseen } from "../shared/unseen.tsx";
import { PersonAbout } from "./person-about.tsx";
import { PersonConduct } from "./person-conduct.tsx";
import { PersonPlace } from "./person-place.tsx";
import { PersonRole } from "./person-role.tsx";

interface PersonSettingsProps {
  person: Participant;
  rooms: readonly Room[];
  self: Participant;
  isSelf: boolean;
}

/** What hosts, moderators and facilitators may do about somebody. */
export function PersonSettings({ person, rooms, self, isSelf }: PersonSettingsProps) {
  const t = useT();
  const isKeeper = keepsOrder(self);
  return (
    <Disclosure name={t.rich("rooms.manageWhich", { name: person.alias, more: unseen })}>
      {isKeeper && <PersonAbout person={person} />}
      <PersonPlace person={person} rooms={rooms} self={self} />
      {self.role === "host" && !isSelf && <PersonRole person={person} />}
      {!isSelf && <PersonConduct person={person} rooms={rooms} self={self} />}
    </Disclosure>
  );
}
