-- Expand: what a template was saved from, as a hash, so that a repeated request is told from another one under the same
-- key. Versions that do not know the column leave it empty.
ALTER TABLE templates ADD COLUMN request TEXT;

-- Templates that were deleted, for as long as the request that saved them may come again: it must not save them anew.
CREATE TABLE deleted_templates (
  owner      TEXT    NOT NULL,
  id         TEXT    NOT NULL,
  deleted_at INTEGER NOT NULL, -- milliseconds since the epoch
  PRIMARY KEY (owner, id)
) STRICT, WITHOUT ROWID;
