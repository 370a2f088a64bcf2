//! The tables of a session's own SQLite, and how they come to be.

use worker::{Error, Result, SqlStorage, SqlStorageValue};

/// Each step brings the tables from one version to the next. A step, once deployed, is never changed.
const STEPS: &[&str] = &[
    // The journal: one row an entry, no index beside its key, so that a message costs one row written.
    // A snapshot is cut into parts, because a row holds at most 2 MB.
    // Checkpoints hold the head of every stream at some entries: they find the rows of a stream.
    "CREATE TABLE journal (
       rev         INTEGER PRIMARY KEY,
       at          INTEGER NOT NULL,
       actor       TEXT,
       key         TEXT,
       fingerprint TEXT,
       result      TEXT,
       stream      TEXT    NOT NULL,
       from_seq    INTEGER NOT NULL,
       to_seq      INTEGER NOT NULL,
       events      TEXT    NOT NULL
     ) STRICT;
     CREATE TABLE snapshot (part INTEGER PRIMARY KEY, state TEXT NOT NULL) STRICT;
     CREATE TABLE checkpoints (rev INTEGER PRIMARY KEY, heads TEXT NOT NULL) STRICT;
     CREATE TABLE archive (id INTEGER PRIMARY KEY CHECK (id = 1), rev INTEGER NOT NULL) STRICT;
     CREATE TABLE tickets (
       hash       TEXT    PRIMARY KEY,
       actor      TEXT    NOT NULL,
       token_expires_at INTEGER NOT NULL,
       expires_at INTEGER NOT NULL
     ) STRICT, WITHOUT ROWID;",
    // What pseudonyms are made with, in an anonymous session.
    "CREATE TABLE pseudonyms (id INTEGER PRIMARY KEY CHECK (id = 1), salt TEXT NOT NULL) STRICT;",
    // Who follows the session over HTTP.
    "CREATE TABLE listeners (participant TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;",
    // Which of the databases the session is archived in, those of before are in the first; and in which run.
    "ALTER TABLE archive ADD COLUMN shard INTEGER NOT NULL DEFAULT 0;
     ALTER TABLE archive ADD COLUMN run TEXT NOT NULL DEFAULT '';",
    // How far somebody had got with what is said, when they went.
    "CREATE TABLE cursors (participant TEXT PRIMARY KEY, reached TEXT NOT NULL) STRICT, WITHOUT ROWID;",
    // Runs of idempotency keys: of the entries after `since` and up to `upto`. The filters are read without the keys,
    // which come last in a row for that.
    "CREATE TABLE key_runs (
       upto   INTEGER PRIMARY KEY,
       since  INTEGER NOT NULL,
       at     INTEGER NOT NULL,
       filter BLOB    NOT NULL,
       keys   BLOB    NOT NULL
     ) STRICT;",
    // Whose a ticket is, by which their tickets are counted. Those of before expire within half a minute.
    "ALTER TABLE tickets ADD COLUMN participant TEXT NOT NULL DEFAULT '';
     CREATE INDEX tickets_by_participant ON tickets (participant);",
];

/// The newest version of the tables.
pub(super) const NEWEST: usize = STEPS.len();

/// The version of the tables; 0 where there are none, which means that there is no session.
pub(super) fn version(sql: &SqlStorage) -> Result<usize> {
    let exists = sql
        .exec("SELECT 1 FROM sqlite_master WHERE name = 'schema'", None)?
        .raw()
        .next()
        .is_some();
    if !exists {
        return Ok(0);
    }
    match sql
        .exec("SELECT version FROM schema", None)?
        .raw()
        .next()
        .transpose()?
        .as_deref()
    {
        Some([SqlStorageValue::Integer(version)]) => Ok(usize::try_from(*version).unwrap_or(0)),
        Some([SqlStorageValue::Float(version)]) => Ok(*version as usize),
        _ => Ok(0),
    }
}

/// Makes the tables of a new session.
///
/// Versions before this one did not write a session as a whole: what they left of one whose creation failed, which
/// holds no entry, is removed first.
pub(super) fn begin(sql: &SqlStorage) -> Result<()> {
    let left = names(
        sql,
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\'",
    )?;
    let holds_entries = left.iter().any(|table| table == "journal")
        && sql.exec("SELECT 1 FROM journal LIMIT 1", None)?.raw().next().is_some();
    if holds_entries {
        return Err(Error::RustError(
            "a journal that cannot be read is in the way of a new session".into(),
        ));
    }
    for table in left {
        sql.exec(&format!("DROP TABLE \"{table}\""), None)?;
    }
    upgrade(sql)
}

fn names(sql: &SqlStorage, query: &str) -> Result<Vec<String>> {
    let rows = sql.exec(query, None)?.raw();
    rows.map(|row| match row?.into_iter().next() {
        Some(SqlStorageValue::String(text)) => Ok(text),
        _ => Err(Error::RustError("not a text".into())),
    })
    .collect()
}

/// Brings the tables to the newest version. To be called in a transaction: part of a step would be in the way of it.
pub(super) fn upgrade(sql: &SqlStorage) -> Result<()> {
    let version = version(sql)?;
    if version == 0 {
        sql.exec("CREATE TABLE schema (version INTEGER NOT NULL) STRICT", None)?;
        sql.exec("INSERT INTO schema VALUES (0)", None)?;
    }
    for step in STEPS.iter().skip(version) {
        sql.exec(step, None)?;
    }
    sql.exec("UPDATE schema SET version = ?", vec![(NEWEST as i32).into()])?;
    Ok(())
}
