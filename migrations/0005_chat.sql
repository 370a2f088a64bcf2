-- Expand: messages that were edited, deleted or reacted to, answers and mentions; and direct messages. Versions that do
-- not know the columns leave them empty. A row with a higher version is newer, and goes in place of the older one.
ALTER TABLE messages ADD COLUMN reply_to TEXT;
ALTER TABLE messages ADD COLUMN mentions TEXT; -- JSON, as in the message
ALTER TABLE messages ADD COLUMN reactions TEXT; -- JSON, as in the message
ALTER TABLE messages ADD COLUMN edited_at INTEGER; -- milliseconds since the epoch, as all times
ALTER TABLE messages ADD COLUMN deleted_at INTEGER; -- the content is empty then
ALTER TABLE messages ADD COLUMN deleted_by TEXT;
ALTER TABLE messages ADD COLUMN version INTEGER NOT NULL DEFAULT 0; -- the journal entry that changed it last

CREATE TABLE direct_messages (
  session_id      TEXT    NOT NULL,
  rev             INTEGER NOT NULL,
  id              TEXT    NOT NULL,
  sender_id       TEXT    NOT NULL,
  sender_alias    TEXT    NOT NULL,
  recipient_id    TEXT    NOT NULL,
  content         TEXT    NOT NULL,
  created_at      INTEGER NOT NULL,
  reply_to        TEXT,
  reactions       TEXT,
  edited_at       INTEGER,
  deleted_at      INTEGER,
  version         INTEGER NOT NULL DEFAULT 0,
  idempotency_key TEXT    NOT NULL,
  PRIMARY KEY (session_id, rev)
) STRICT, WITHOUT ROWID;
