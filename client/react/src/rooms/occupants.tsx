import type { Participant } from "@flagship/core";

/** The most names shown; a room of a thousand stays a card. */
const MOST = 12;

/** Who is in a room. */
export function Occupants({ people }: { people: readonly Participant[] }) {
  if (people.length === 0) return <p className="hint">Nobody is here.</p>;
  const more = people.length - MOST;
  return (
    <ul className="occupants" aria-label={`In this room: ${people.length}`}>
      {people.slice(0, MOST).map((person) => (
        <li key={person.id}>{person.alias}</li>
      ))}
      {more > 0 && <li>and {more} more</li>}
    </ul>
  );
}
