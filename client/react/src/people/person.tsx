import { isMutedIn, type Participant, type Room } from "@flagship/core";
import { memo } from "react";
import { useT } from "../i18n/messages.ts";
import { keepsOrder, roomName } from "../shared/names.ts";
import type { RowPlace } from "../shared/use-virtual-rows.ts";
import { PersonSettings } from "./person-settings.tsx";
import { ReportButton } from "./report-button.tsx";
import { WriteButton } from "./write-button.tsx";

type Presence = "online" | "offline" | "unknown";

interface PersonProps {
  person: Participant;
  rooms: readonly Room[];
  /** Unknown while one has no connection oneself. */
  presence: Presence;
  /** Oneself, while anything can be done. */
  self: Participant | undefined;
  isSelf: boolean;
}

/** Somebody in the session. */
export function Person({ place, ...props }: PersonProps & { place: RowPlace }) {
  return (
    <li className="flagship-person" {...place}>
      <AboutPerson {...props} />
    </li>
  );
}

/** Rows move far more often than people change. */
const AboutPerson = memo(function AboutPerson({
  person,
  rooms,
  presence,
  self,
  isSelf,
}: PersonProps) {
  const t = useT();
  const canManage =
    keepsOrder(self) || rooms.some((room) => self && room.facilitatorIds.includes(self.id));
  return (
    <>
      <div className="flagship-person-head">
        <span className="flagship-dot" data-presence={presence} aria-hidden="true" />
        <span className="flagship-alias">
          {person.alias}
          {isSelf && <span className="flagship-hint">{t("people.you")}</span>}
        </span>
        {person.role !== "participant" && (
          <span className="flagship-tag">{t(`role.${person.role}`)}</span>
        )}
        {isMutedIn(person, person.roomId) && (
          <span className="flagship-tag">{t("people.muted")}</span>
        )}
        {person.handRaised && (
          <span className="flagship-tag flagship-hand">{t("people.hand")}</span>
        )}
      </div>
      <p className="flagship-hint">
        {t(`people.${presence}`, { room: roomName(t, rooms, person.roomId) })}
      </p>
      {person.assignedRoomId !== null && person.assignedRoomId !== person.roomId && (
        <p className="flagship-hint">
          {t("people.assigned", { room: roomName(t, rooms, person.assignedRoomId) })}
        </p>
      )}
      {person.invitation !== null && (
        <p className="flagship-hint">
          {t("people.invited", { room: roomName(t, rooms, person.invitation.roomId) })}
        </p>
      )}
      <div className="flagship-person-actions">
        {self && !isSelf && (keepsOrder(self) || keepsOrder(person)) && (
          <WriteButton person={person} />
        )}
        {self && canManage && (
          <PersonSettings person={person} rooms={rooms} self={self} isSelf={isSelf} />
        )}
        {self && !isSelf && !keepsOrder(self) && !keepsOrder(person) && (
          <ReportButton person={person} />
        )}
      </div>
    </>
  );
});
