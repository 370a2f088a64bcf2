-- Sets of rooms that somebody keeps for other sessions. They belong to a person, not to a session, and stay in the
-- first database.

CREATE TABLE templates (
  owner      TEXT    NOT NULL, -- the token's subject
  id         TEXT    NOT NULL,
  name       TEXT    NOT NULL,
  rooms      TEXT    NOT NULL, -- JSON, as `create_rooms` takes it
  created_at INTEGER NOT NULL, -- milliseconds since the epoch
  PRIMARY KEY (owner, id)
) STRICT, WITHOUT ROWID;
