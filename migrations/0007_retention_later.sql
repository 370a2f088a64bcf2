-- Expand: until when a session that could not be deleted is left alone, so that the others are not kept by it. Versions
-- that do not know the column leave it empty.
ALTER TABLE sessions ADD COLUMN retention_after INTEGER; -- milliseconds since the epoch
