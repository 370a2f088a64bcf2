// Writes an entry in one crossing from Rust: a text for each column would cost more than the row.

const INSERT = "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

/** Separates columns; neither ids nor JSON contain it. */
const COLUMN = "\u001f";

/** A column that is empty is absent: none may be the empty text. */
const present = (text) => (text === "" ? null : text);

export function insertEntry(sql, [rev, at, from, to], columns) {
  const [actor, key, fingerprint, result, stream, events] = columns.split(COLUMN);
  sql.exec(
    INSERT,
    rev,
    at,
    present(actor),
    present(key),
    present(fingerprint),
    present(result),
    stream,
    from,
    to,
    events,
  );
}
