-- The archive: what the sessions' journals hold, copied here in batches. Every row is keyed by its session, so
-- that sessions can be spread over several databases. Writing a row twice changes nothing.

CREATE TABLE sessions (
  id         TEXT    NOT NULL PRIMARY KEY,
  title      TEXT    NOT NULL,
  state      TEXT    NOT NULL,
  created_by TEXT    NOT NULL,
  created_at INTEGER NOT NULL, -- milliseconds since the epoch
  rev        INTEGER NOT NULL  -- the journal entry that this row reflects
) STRICT, WITHOUT ROWID;

CREATE TABLE rooms (
  session_id TEXT    NOT NULL,
  id         TEXT    NOT NULL,
  name       TEXT    NOT NULL,
  state      TEXT    NOT NULL,
  capacity   INTEGER,
  created_by TEXT    NOT NULL,
  created_at INTEGER NOT NULL,
  rev        INTEGER NOT NULL,
  PRIMARY KEY (session_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE messages (
  session_id      TEXT    NOT NULL,
  room_id         TEXT    NOT NULL,
  seq             INTEGER NOT NULL, -- position in the room's stream
  id              TEXT    NOT NULL,
  sender_id       TEXT    NOT NULL,
  sender_alias    TEXT    NOT NULL,
  content         TEXT    NOT NULL,
  created_at      INTEGER NOT NULL,
  idempotency_key TEXT    NOT NULL,
  rev             INTEGER NOT NULL,
  PRIMARY KEY (session_id, room_id, seq)
) STRICT, WITHOUT ROWID;
