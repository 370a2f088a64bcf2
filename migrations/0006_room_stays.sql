-- Expand: what of a breakout room's messages somebody may read, so that it can be told from here alone: those at the
-- positions of their stays. Sessions without a rule of their own, from before there was one, go on by room_members.
ALTER TABLE sessions ADD COLUMN chat_history TEXT; -- 'stay' or 'round', as in the session

-- Whoever was removed or banned reads nothing until they have come in again.
ALTER TABLE members ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;

CREATE TABLE room_stays (
  session_id     TEXT    NOT NULL,
  room_id        TEXT    NOT NULL,
  participant_id TEXT    NOT NULL,
  first_seq      INTEGER NOT NULL, -- position in the room's stream, as messages.seq
  last_seq       INTEGER,          -- NULL while the stay goes on
  rev            INTEGER NOT NULL, -- the journal entry that this row reflects
  PRIMARY KEY (session_id, room_id, participant_id, first_seq)
) STRICT, WITHOUT ROWID;
