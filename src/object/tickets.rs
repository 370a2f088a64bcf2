//! Tickets: each opens one socket. The Worker makes them and knows its own; here is whose they are and whether they were
//! used.

use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::limits;
use flagship_session::Actor;
use worker::{SqlStorage, SqlStorageValue};

use super::failure::Failure;

/// A ticket that was made. Only its hash is stored, so that reading the table opens nothing.
pub(super) struct NewTicket {
    /// Its hash.
    pub(super) hash: String,
    /// When it expires, milliseconds since the epoch.
    pub(super) expires_at: u64,
    /// When the token expires that asked for it.
    pub(super) token_expires_at: u64,
}

/// Keeps a ticket until it is used or expires. Keeping it again changes nothing.
///
/// # Errors
/// [`ErrorCode::RateLimited`] if its participant, under whatever alias, has as many unused ones as one may.
pub(super) fn keep(sql: &SqlStorage, actor: &Actor, ticket: &NewTicket, now: u64) -> Result<(), Failure> {
    sql.exec("DELETE FROM tickets WHERE expires_at <= ?", vec![time(now)])?;
    let others = vec![actor.id.as_str().into(), ticket.hash.as_str().into()];
    let unused = sql
        .exec("SELECT 1 FROM tickets WHERE participant = ? AND hash <> ?", others)?
        .raw()
        .count();
    if unused >= limits::TICKETS_PER_PARTICIPANT as usize {
        let mut error = ErrorBody::new(
            ErrorCode::RateLimited,
            "you have many unused tickets; use one, or wait until they expire",
        );
        error.retry_after_ms = Some(limits::TICKET_LIFETIME_MS);
        return Err(error.into());
    }
    let row = vec![
        ticket.hash.as_str().into(),
        serde_json::to_string(actor)?.into(),
        time(ticket.token_expires_at),
        time(ticket.expires_at),
        actor.id.as_str().into(),
    ];
    sql.exec(
        "INSERT INTO tickets (hash, actor, token_expires_at, expires_at, participant) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        row,
    )?;
    Ok(())
}

/// Uses a ticket up. Gives whose it was, and when their token expires.
pub(super) fn redeem(sql: &SqlStorage, hash: &str, now: u64) -> Result<(Actor, u64), Failure> {
    let query = "DELETE FROM tickets WHERE hash = ? RETURNING actor, token_expires_at, expires_at";
    let row = sql.exec(query, vec![hash.into()])?.raw().next().transpose()?;
    let invalid = || Failure::refused(ErrorCode::TicketInvalid, "this ticket was used; get a new one");
    let mut columns = row.ok_or_else(invalid)?.into_iter();
    let Some(SqlStorageValue::String(actor)) = columns.next() else {
        return Err(invalid());
    };
    let mut time = || match columns.next() {
        Some(SqlStorageValue::Integer(at)) => u64::try_from(at).ok(),
        Some(SqlStorageValue::Float(at)) => Some(at as u64),
        _ => None,
    };
    let (token_expires_at, expires_at) = time().zip(time()).ok_or_else(invalid)?;
    if expires_at <= now {
        return Err(invalid());
    }
    Ok((serde_json::from_str(&actor)?, token_expires_at))
}

fn time(at: u64) -> SqlStorageValue {
    SqlStorageValue::Integer(i64::try_from(at).unwrap_or(i64::MAX))
}
