-- Expand: when a session ended, so that it can be deleted some time after, and who may read what was said in it,
-- so that its history can be read from here alone. Versions that do not know these leave them empty.
ALTER TABLE sessions ADD COLUMN ended_at INTEGER; -- milliseconds since the epoch

-- Those that ended before this was known count as ended now.
UPDATE sessions SET ended_at = unixepoch() * 1000 WHERE state = 'ended';

CREATE INDEX sessions_by_end ON sessions (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE members (
  session_id TEXT    NOT NULL,
  id         TEXT    NOT NULL,
  alias      TEXT    NOT NULL,
  role       TEXT    NOT NULL,
  joined_at  INTEGER NOT NULL,
  rev        INTEGER NOT NULL,
  banned     INTEGER NOT NULL DEFAULT 0,
  ban_rev    INTEGER NOT NULL DEFAULT 0, -- the journal entry that banned reflects
  PRIMARY KEY (session_id, id)
) STRICT, WITHOUT ROWID;

-- Who has been in a room, once.
CREATE TABLE room_members (
  session_id     TEXT NOT NULL,
  room_id        TEXT NOT NULL,
  participant_id TEXT NOT NULL,
  PRIMARY KEY (session_id, room_id, participant_id)
) STRICT, WITHOUT ROWID;
