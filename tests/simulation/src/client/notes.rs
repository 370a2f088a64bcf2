//! Messages as the delivery checker knows them.

use flagship_delivery::{Record, Source};
use flagship_protocol::ids::{ParticipantId, StreamId};
use flagship_protocol::model::{DirectMessage, Message};

/// The stream of a message's room.
pub(crate) fn stream_of(message: &Message) -> StreamId {
    StreamId::Room(message.room_id.clone())
}

/// What somebody wrote or got directly, as a stream for the delivery checker: each message at the number of its id. It
/// has no place of its own that is the same for both.
pub(crate) fn whispers(who: &str) -> String {
    format!("direct:{who}")
}

/// A direct message, as the client of `who` sees it, for the delivery checker.
pub(crate) fn whispered(client: &str, who: &ParticipantId, message: &DirectMessage) -> Record {
    Record::Saw {
        client: client.into(),
        stream: whispers(who.as_str()),
        seq: message.id.rev().unwrap(),
        by: Source::Page,
        message: Some(flagship_delivery::Message {
            id: message.id.to_string(),
            sender_id: message.sender_id.to_string(),
            command_id: message.command_id.clone(),
            content: message.content.to_string(),
            changed: message.version.is_some(),
        }),
    }
}

/// A message, for the delivery checker.
pub(crate) fn seen(message: &Message) -> flagship_delivery::Message {
    flagship_delivery::Message {
        id: message.id.to_string(),
        sender_id: message.sender_id.to_string(),
        command_id: message.command_id.clone(),
        content: message.content.to_string(),
        changed: message.version.is_some(),
    }
}
