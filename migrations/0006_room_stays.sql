-- Expand: the stays of participants in breakout rooms, so that read access follows from the archive alone: a participant
-- reads the messages at the positions of their stays. Sessions created before stays were kept have no chat_history, and
-- follow room_members.
ALTER TABLE sessions ADD COLUMN chat_history TEXT; -- 'stay' or 'round', as in the session

-- A participant who was removed or banned reads nothing until they have joined again.
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
