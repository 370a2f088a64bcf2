import { type Participant, type Role, selectSelf } from "@flagship/core";
import { useId, useMemo } from "react";
import { Knocks } from "../admission/knocks.tsx";
import { AlertButton } from "../help/alert-button.tsx";
import { AskForHelp } from "../help/ask-for-help.tsx";
import { HelpQueue } from "../help/help-queue.tsx";
import { ProfileButton } from "../profile/profile-button.tsx";
import { useSessionState } from "../session/context.tsx";
import { LeaveSession } from "../session/leave-session.tsx";
import { keepsOrder } from "../shared/names.ts";
import { HandToggle } from "./hand-toggle.tsx";
import { Person } from "./person.tsx";

const RANK: Record<Role, number> = { host: 0, moderator: 1, participant: 2 };

/** Everyone who is in the session: hosts first, then by name. */
export function Roster() {
  const headingId = useId();
  const participants = useSessionState((state) => state.participants);
  const connected = useSessionState((state) => state.connected);
  const isConnected = useSessionState((state) => state.connection.phase === "open");
  const rooms = useSessionState((state) => state.rooms);
  const self = useSessionState(selectSelf);
  const isLive = useSessionState((state) => state.session?.state === "live");
  const people = useMemo(() => Object.values(participants).sort(byRank), [participants]);

  return (
    <section className="pane people" aria-labelledby={headingId}>
      <h2 id={headingId}>People ({people.length})</h2>
      {isLive && self && (
        <div className="own-actions">
          <HandToggle isRaised={self.handRaised} />
          {!keepsOrder(self) && <AskForHelp />}
          {!keepsOrder(self) && <AlertButton />}
          <ProfileButton self={self} />
          <LeaveSession />
        </div>
      )}
      {isLive && <HelpQueue />}
      {isLive && <Knocks />}
      <ul className="person-list">
        {people.map((person) => (
          <Person
            key={person.id}
            person={person}
            rooms={rooms}
            presence={isConnected ? (connected.has(person.id) ? "online" : "offline") : "unknown"}
            isSelf={person.id === self?.id}
            self={isLive ? self : undefined}
          />
        ))}
      </ul>
    </section>
  );
}

function byRank(a: Participant, b: Participant): number {
  return RANK[a.role] - RANK[b.role] || a.alias.localeCompare(b.alias);
}
