import type { Debrief } from "@flagship/core";
import { moment } from "./times.ts";

/** The most visits shown; the table to download has all. */
const MOST = 200;

/** Who was in which room from when to when. */
export function DebriefVisits({ debrief }: { debrief: Debrief }) {
  const { visits } = debrief;
  if (visits.length === 0) return null;
  return (
    <section>
      <h3>Visits</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">Who</th>
            <th scope="col">Room</th>
            <th scope="col">Round</th>
            <th scope="col">From</th>
            <th scope="col">To</th>
          </tr>
        </thead>
        <tbody>
          {visits.slice(0, MOST).map((visit) => (
            <tr key={`${visit.participantId} ${visit.roomId} ${visit.enteredAt}`}>
              <th scope="row">{visit.alias}</th>
              <td>{visit.roomName}</td>
              <td>{visit.round}</td>
              <td>{moment(visit.enteredAt)}</td>
              <td>{moment(visit.leftAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {visits.length > MOST && <p className="hint">And {visits.length - MOST} more.</p>}
    </section>
  );
}
