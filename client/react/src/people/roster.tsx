import {
  isConnected,
  type Participant,
  type Role,
  selectExpected,
  selectSelf,
} from "@flagship/core";
import { useId, useMemo, useState } from "react";
import { Knocks } from "../admission/knocks.tsx";
import { AlertButton } from "../help/alert-button.tsx";
import { AskForHelp } from "../help/ask-for-help.tsx";
import { HelpQueue } from "../help/help-queue.tsx";
import { type Formats, useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
import { ProfileButton } from "../profile/profile-button.tsx";
import { useSessionState } from "../session/context.tsx";
import { LeaveSession } from "../session/leave-session.tsx";
import { FindField } from "../shared/find-field.tsx";
import { matches } from "../shared/matches.ts";
import { keepsOrder, roomName } from "../shared/names.ts";
import { useVirtualRows } from "../shared/use-virtual-rows.ts";
import { Banned } from "./banned.tsx";
import { HandToggle } from "./hand-toggle.tsx";
import { Person } from "./person.tsx";

/** From so many people on one may look for somebody. */
const MANY = 10;

/** About how high somebody is in the list, and how far from the next. Pixels. */
const ROW_PX = 90;
const GAP_PX = 10;

const RANK: Record<Role, number> = { host: 0, moderator: 1, participant: 2 };

/** Everyone who is in the session: hosts first, then by name. */
export function Roster() {
  const t = useT();
  const formats = useFormats();
  const headingId = useId();
  const participants = useSessionState((state) => selectExpected(state).participants);
  const connected = useSessionState((state) => state.connected);
  const isOnline = useSessionState(isConnected);
  const rooms = useSessionState((state) => selectExpected(state).rooms);
  const self = useSessionState(selectSelf);
  const isLive = useSessionState((state) => state.session?.state === "live");
  const people = useMemo(
    () => Object.values(participants).sort(byRank(formats)),
    [participants, formats],
  );
  const [wanted, setWanted] = useState("");
  const isSearchable = people.length >= MANY;
  const found = useMemo(() => {
    if (!isSearchable || wanted.trim() === "") return people;
    return people.filter(({ alias, roomId }) =>
      matches(`${alias} ${roomName(t, rooms, roomId)}`, wanted),
    );
  }, [people, rooms, wanted, isSearchable, t]);
  const { list, style, rows } = useVirtualRows(found, idOf, ROW_PX, GAP_PX);

  return (
    <section className="flagship-pane flagship-people" aria-labelledby={headingId}>
      <h2 id={headingId}>{t("people.title", { count: people.length })}</h2>
      {isLive && self && (
        <div className="flagship-own-actions">
          <HandToggle isRaised={self.handRaised} />
          {!keepsOrder(self) && <AskForHelp />}
          {!keepsOrder(self) && <AlertButton />}
          <ProfileButton self={self} />
          <LeaveSession />
        </div>
      )}
      {isLive && <HelpQueue />}
      {isLive && <Knocks />}
      {isLive && <Banned />}
      {isSearchable && (
        <FindField
          label={t("people.find")}
          value={wanted}
          onChange={setWanted}
          found={t("people.found", { found: found.length, count: people.length })}
        />
      )}
      <ul ref={list} className="flagship-person-list flagship-virtual" style={style}>
        {rows.map(({ key, item: person, place }) => (
          <Person
            key={key}
            place={place}
            person={person}
            rooms={rooms}
            presence={isOnline ? (connected.has(person.id) ? "online" : "offline") : "unknown"}
            isSelf={person.id === self?.id}
            self={isLive ? self : undefined}
          />
        ))}
      </ul>
    </section>
  );
}

const idOf = ({ id }: Participant) => id;

function byRank({ compare }: Formats): (a: Participant, b: Participant) => number {
  return (a, b) => RANK[a.role] - RANK[b.role] || compare(a.alias, b.alias);
}
