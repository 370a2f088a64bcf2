import type { Debrief } from "@flagship/core";
import { moment, stretch } from "./times.ts";

/** Who asked for help, and how long they waited. */
export function DebriefHelpList({ debrief }: { debrief: Debrief }) {
  if (debrief.help.length === 0) return null;
  return (
    <section>
      <h3>Help</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">Who</th>
            <th scope="col">When</th>
            <th scope="col">Waited</th>
            <th scope="col">About</th>
          </tr>
        </thead>
        <tbody>
          {debrief.help.map(({ request, waitMs }) => (
            <tr key={request.id}>
              <th scope="row">
                {request.alias}
                {request.kind === "alert" && " (alert)"}
              </th>
              <td>{moment(request.askedAt)}</td>
              <td>{stretch(waitMs)}</td>
              <td>{request.text ?? "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
