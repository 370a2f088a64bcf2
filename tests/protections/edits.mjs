// Changes texts of files: each text to find must be there exactly once, and no two changes may touch each other.

/**
 * A text after some edits, all found in it as it was.
 *
 * @param {string} text
 * @param {{ find: string, replace: string }[]} edits
 */
export function edited(text, edits) {
  const places = edits.map(({ find, replace }) => {
    const at = text.indexOf(find);
    return { at, end: at + find.length, replace };
  });
  places.sort((one, other) => one.at - other.at);
  let result = "";
  let from = 0;
  for (const { at, end, replace } of places) {
    result += text.slice(from, at) + replace;
    from = end;
  }
  return result + text.slice(from);
}

/**
 * Why edits cannot be made: empty if they can.
 *
 * @param {string} file names the text
 * @param {string | undefined} text undefined if there is no such file
 * @param {{ find: string, name: string }[]} edits
 */
export function wrongWith(file, text, edits) {
  if (text === undefined) return edits.map(({ name }) => `${name}: there is no ${file}`);
  const wrong = [];
  const places = [];
  for (const { find, name } of edits) {
    const count = text.split(find).length - 1;
    if (count !== 1) wrong.push(`${name}: ${file} has this ${count} times, not once: ${find}`);
    const at = text.indexOf(find);
    places.push({ name, at, end: at + find.length });
  }
  if (wrong.length > 0) return wrong;
  places.sort((one, other) => one.at - other.at);
  for (const [index, { name, at }] of places.entries()) {
    const before = places[index - 1];
    if (before && at < before.end) wrong.push(`${name} and ${before.name} touch in ${file}`);
  }
  return wrong;
}
