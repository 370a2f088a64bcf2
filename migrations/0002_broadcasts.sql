-- Expand: messages that were said to many at once. Versions that do not know the column leave it at 0.
ALTER TABLE messages ADD COLUMN broadcast INTEGER NOT NULL DEFAULT 0;
