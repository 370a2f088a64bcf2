import type { Participant } from "@flagship/core";
import { useT } from "../i18n/messages.ts";

/** The most names shown; a room of a thousand stays a card. */
const MOST = 12;

/** Who is in a room. */
export function Occupants({ people }: { people: readonly Participant[] }) {
  const t = useT();
  if (people.length === 0) return <p className="hint">{t("room.empty")}</p>;
  const more = people.length - MOST;
  return (
    <ul className="occupants" aria-label={t("room.occupants", { count: people.length })}>
      {people.slice(0, MOST).map((person) => (
        <li key={person.id}>{person.alias}</li>
      ))}
      {more > 0 && <li>{t("room.more", { count: more })}</li>}
    </ul>
  );
}
