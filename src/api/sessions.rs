//! Sessions as a whole, and any command.

use flagship_protocol::error::ErrorBody;
use flagship_protocol::frames::Ack;
use flagship_protocol::http::{CreateSession, DebugPermissions, DryRun, SessionBody, TestRoomCreation};
use flagship_protocol::ids::{CommandId, SessionId};
use flagship_protocol::model::Snapshot;
use flagship_session::Actor;
use serde::Deserialize;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use worker::Request;

use super::context::{Context, Params, invalid, json, text};
use super::{Answer, answer};
use crate::call::{Call, Created};

pub(super) async fn create(mut request: Request, context: &Context<'_>) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let key = context.key(&request)?;
    let CreateSession { title } = json(&mut request).await?;
    let id = session_id(&actor, &key).map_err(|error| context.internal(&error))?;
    let created: Created = context
        .call(&id.clone(), &Call::Create { id, actor, title, key })
        .await?;
    let body = SessionBody {
        session: created.session,
    };
    answer::replayed(answer::json(context, 201, &body), created.replayed)
}

pub(super) async fn get(request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let snapshot: Snapshot = context.call(&params.session()?, &Call::Snapshot { actor }).await?;
    answer::json(context, 200, &snapshot)
}

pub(super) async fn command(mut request: Request, context: &Context<'_>, params: &Params) -> Answer {
    /// The body of a `command` frame. Its id may come as the header instead.
    #[derive(Deserialize)]
    struct Body {
        id: Option<CommandId>,
        command: serde_json::Map<String, serde_json::Value>,
    }
    let (actor, _) = context.identity(&request).await?;
    let session = params.session()?;
    let text = text(&mut request).await?;
    let body: Body = flagship_protocol::decode::from_json(&text).map_err(ErrorBody::from)?;
    let header = request
        .headers()
        .has(flagship_protocol::http::IDEMPOTENCY_KEY_HEADER)
        .unwrap_or(false);
    let id = match body.id {
        Some(id) if header && context.key(&request)? != id => {
            return Err(invalid(
                "id",
                "must be the same as the Idempotency-Key header; leave one of them out",
            ));
        }
        Some(id) => id,
        None => context.key(&request)?,
    };
    let command = serde_json::to_string(&body.command).and_then(RawValue::from_string);
    let command = command.map_err(|error| context.internal(&error))?;
    let ack: Ack = context.call(&session, &Call::Command { actor, id, command }).await?;
    answer::replayed(answer::json(context, 200, &ack), ack.duplicate)
}

pub(super) async fn debug_permissions(request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let permissions: DebugPermissions = context
        .call(&params.session()?, &Call::DebugPermissions { actor })
        .await?;
    answer::json(context, 200, &permissions)
}

pub(super) async fn test_room_creation(mut request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let text = text(&mut request).await?;
    let body = if text.trim().is_empty() { "{}" } else { text.as_str() };
    let trial: TestRoomCreation = flagship_protocol::decode::from_json(body).map_err(ErrorBody::from)?;
    let outcome: DryRun = context
        .call(&params.session()?, &Call::TryRoomCreation { actor, trial })
        .await?;
    answer::json(context, 200, &outcome)
}

/// The id of the session that a request creates: the same for a retry, and not to be guessed from outside as long
/// as the key cannot be. Without vowels, so that it spells nothing.
fn session_id(actor: &Actor, key: &CommandId) -> Result<SessionId, String> {
    const ALPHABET: &[u8; 32] = b"0123456789bcdfghjkmnpqrstvwxyz-_";
    let mut hash = Sha256::new();
    hash.update(b"flagship session\0");
    hash.update(actor.id.as_str());
    hash.update([0]);
    hash.update(key.as_str());
    let hash = hash.finalize();
    let id = hash
        .iter()
        .take(16)
        .filter_map(|byte| ALPHABET.get(usize::from(byte % 32)));
    SessionId::new(id.map(|letter| char::from(*letter)).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_retry_creates_the_same_session_and_nobody_else_does() {
        let actor = |id: &str| Actor::new(id.parse().unwrap(), "A".parse().unwrap());
        let id = |who: &str, key: &str| session_id(&actor(who), &key.parse().unwrap()).unwrap();
        assert_eq!(id("ada", "k1"), id("ada", "k1"));
        assert_ne!(id("ada", "k1"), id("ada", "k2"));
        assert_ne!(id("ada", "k1"), id("grace", "k1"));
        assert_eq!(id("ada", "k1").as_str().len(), 16);
    }
}
