import type { Participant } from "@flagship/core";
import { useState } from "react";
import { useT } from "../i18n/messages.ts";
import { MovablePerson } from "../placement/movable-person.tsx";

/** The most names shown unasked; a room of a thousand stays a card. */
const MOST = 12;

interface OccupantsProps {
  people: readonly Participant[];
  /** Whether they belong there, wherever they are. */
  areAssigned?: boolean;
  /** Whether one may put them elsewhere. */
  canMove?: boolean;
}

/** Who is in a room, or belongs there. */
export function Occupants({ people, areAssigned = false, canMove = false }: OccupantsProps) {
  const t = useT();
  const [showsAll, setShowsAll] = useState(false);
  if (people.length === 0) return <p className="flagship-hint">{t("room.empty")}</p>;
  const shown = showsAll ? people : people.slice(0, MOST);
  const more = people.length - shown.length;
  const label = areAssigned ? "placement.assigned" : "room.occupants";
  return (
    <ul className="flagship-occupants" aria-label={t(label, { count: people.length })}>
      {shown.map((person) =>
        canMove ? (
          <MovablePerson key={person.id} person={person} />
        ) : (
          <li key={person.id}>{person.alias}</li>
        ),
      )}
      {more > 0 && (
        <li>
          <button type="button" className="flagship-plain" onClick={() => setShowsAll(true)}>
            {t("room.more", { count: more })}
          </button>
        </li>
      )}
    </ul>
  );
}
