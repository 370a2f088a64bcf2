//! What a message says is in one row of the journal: that of the entry which said it. It is rewritten when the message is
//! edited, deleted or reacted to. Rows whose events show the message again hold only where it is, and are made whole
//! when they are read.

use flagship_protocol::events::Event;
use flagship_session::Entry;
use serde::Serialize;
use worker::Result;

/// The column `events` of a row of `journal`, made whole. A copy is known by how it begins, as no event does.
pub(super) const WHOLE_EVENTS: &str = r#"CASE WHEN substr(events, 1, 7) = '[{"of":' THEN
 json_set(json_remove(events, '$[0].of'), '$[0].message', json((
   SELECT json_extract(said.events, '$[0].message') FROM journal AS said
   WHERE said.rev = json_extract(journal.events, '$[0].of'))))
 ELSE events END"#;

/// An event that shows a message again.
#[derive(Serialize)]
struct Copy {
    of: u64,
    #[serde(rename = "type")]
    kind: &'static str,
    seq: u64,
    rev: u64,
    at: u64,
}

/// What the journal holds of an entry that shows a message again; `None` for every other.
pub(super) fn stored_copy(entry: &Entry) -> Result<Option<String>> {
    let [sequenced] = entry.events.as_slice() else {
        return Ok(None);
    };
    let (id, kind) = match &sequenced.event {
        Event::MessageEdited { message } => (&message.id, "message_edited"),
        Event::DirectMessageEdited { message } => (&message.id, "direct_message_edited"),
        // The first of the two entries says it, the other one tells whom it is for.
        Event::DirectMessageCreated { message } if message.id.rev() != Some(entry.rev) => {
            (&message.id, "direct_message_created")
        }
        _ => return Ok(None),
    };
    let Some(of) = id.rev() else { return Ok(None) };
    let copy = Copy {
        of,
        kind,
        seq: sequenced.seq,
        rev: sequenced.rev,
        at: sequenced.at,
    };
    Ok(Some(serde_json::to_string(&[copy])?))
}

#[cfg(test)]
mod tests {
    use flagship_protocol::commands::{EditMessage, SendMessage};
    use flagship_protocol::ids::{CommandId, RoomId};
    use flagship_session::{Actor, Handled, NewSession, Said, Session};

    use super::*;

    #[test]
    fn what_was_edited_is_held_once() {
        let ada = Actor::new("ada".parse().unwrap(), "Ada".parse().unwrap());
        let plan = NewSession {
            id: "s1".parse().unwrap(),
            title: "Workshop".parse().unwrap(),
            anonymous: false,
        };
        let (mut session, _) = Session::create(plan, "epoch".into(), &ada, None, 1_000);
        let mut does = |key: &str, command, said: Option<&Said>| {
            let key: CommandId = key.parse().unwrap();
            match session.handle_about(&ada, &key, &command, said, 2_000).unwrap() {
                Handled::Done(mut done) => done.entries.pop().unwrap(),
                Handled::Repeat { .. } => panic!("done before"),
            }
        };
        let send = SendMessage {
            room_id: RoomId::main(),
            content: "before".parse().unwrap(),
            reply_to: None,
            mentions: vec![],
            seen_session: None,
        };
        let sent = does("k1", send.into(), None);
        assert_eq!(stored_copy(&sent).unwrap(), None);
        let said = Said::of(&sent.events[0].event).unwrap();
        let edit = EditMessage {
            message_id: said.id().clone(),
            content: "after".parse().unwrap(),
            mentions: vec![],
        };
        let edited = does("k2", edit.into(), Some(&said));
        let (of, rev) = (sent.rev, edited.rev);
        assert_eq!(
            stored_copy(&edited).unwrap().unwrap(),
            format!(r#"[{{"of":{of},"type":"message_edited","seq":2,"rev":{rev},"at":2000}}]"#)
        );
    }
}
