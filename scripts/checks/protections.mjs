// Each row of docs/security.md has something that takes its protection away (tests/protections), and the code that it
// changes is still there: so that `npm run protections` can prove the row's tests at any time.

import { removals } from "../../tests/protections/removals.mjs";
import { wrongEdits } from "../../tests/protections/scratch.mjs";
import { securityPage, securityRows } from "../lib/security-page.mjs";

const named = ({ edits, name }) => edits.map((edit) => ({ ...edit, name }));

export function checkProtections() {
  const rows = securityRows().map(({ threat }) => threat);
  const threats = new Set(removals.map(({ threat }) => threat));
  const twice = (values) => values.filter((value, index) => values.indexOf(value) !== index);
  const switched = removals.filter(({ isSwitched }) => isSwitched).flatMap(named);
  const alone = removals.filter(({ isSwitched }) => !isSwitched).map(named);
  return [
    ...twice(rows).map((row) => `${securityPage}: two rows begin with: ${row}`),
    ...twice(removals.map(({ name }) => name)).map((name) => `tests/protections: twice: ${name}`),
    ...rows
      .filter((row) => !threats.has(row))
      .map((row) => `tests/protections: nothing takes away what stops: ${row}`),
    ...[...threats]
      .filter((threat) => !rows.includes(threat))
      .map((threat) => `tests/protections: ${securityPage} has no row: ${threat}`),
    ...wrongEdits(switched).map((wrong) => `tests/protections: ${wrong}`),
    ...alone.flatMap((edits) =>
      wrongEdits([...switched, ...edits])
        .filter((wrong) => edits.some(({ name }) => wrong.startsWith(name)))
        .map((wrong) => `tests/protections: ${wrong}`),
    ),
  ];
}
