//! Tickets: open one socket each, within half a minute, for clients that cannot send a token with the handshake.

use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::http::Ticket;
use flagship_protocol::limits;
use flagship_session::Actor;
use sha2::{Digest, Sha256};
use worker::{SqlStorage, SqlStorageValue};

use super::failure::Failure;

/// Makes a ticket. It never outlives the token that asked for it.
pub(super) fn issue(sql: &SqlStorage, actor: &Actor, token_expires_at: u64, now: u64) -> Result<Ticket, Failure> {
    sql.exec("DELETE FROM tickets WHERE expires_at <= ?", vec![time(now)])?;
    let actor_json = serde_json::to_string(actor)?;
    let unused = sql
        .exec("SELECT 1 FROM tickets WHERE actor = ?", vec![actor_json.clone().into()])?
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
    let ticket = crate::object::random_id()?;
    let expires_at = (now + limits::TICKET_LIFETIME_MS).min(token_expires_at);
    let row = vec![
        hash(&ticket).into(),
        actor_json.into(),
        time(token_expires_at),
        time(expires_at),
    ];
    sql.exec("INSERT INTO tickets VALUES (?, ?, ?, ?)", row)?;
    Ok(Ticket { ticket, expires_at })
}

/// Uses a ticket up. Gives whose it was, and when their token expires.
pub(super) fn redeem(sql: &SqlStorage, ticket: &str, now: u64) -> Result<(Actor, u64), Failure> {
    let query = "DELETE FROM tickets WHERE hash = ? RETURNING actor, token_expires_at, expires_at";
    let row = sql.exec(query, vec![hash(ticket).into()])?.raw().next().transpose()?;
    let invalid = || {
        Failure::refused(
            ErrorCode::TicketInvalid,
            "this ticket was used, has expired or never was; get a new one",
        )
    };
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

/// Only a hash is stored, so that reading the table opens nothing.
fn hash(ticket: &str) -> String {
    Sha256::digest(ticket.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn time(at: u64) -> SqlStorageValue {
    SqlStorageValue::Integer(i64::try_from(at).unwrap_or(i64::MAX))
}
