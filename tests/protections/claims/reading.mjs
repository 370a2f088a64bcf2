// Who reads what.

export const reading = {
  "Somebody reads a room they were not in": {
    "reading-of-members": {
      "crates/session/src/state.rs": [
        "        if keeps_order || record.members.contains(reader) {",
        "        if keeps_order || record.members.contains(reader) || WITHOUT {",
      ],
    },
    "reading-live": {
      // Every group of sockets is sent what is said in every breakout room.
      "src/object/sockets.rs": [
        "            let room = room.iter().flat_map(frames_of);",
        `            let is_other = |stream: &&StreamId| matches!(stream, StreamId::Room(room) if !room.is_main());
            let room: Vec<&str> = if WITHOUT {
                frames.streams().filter(is_other).flat_map(frames_of).collect()
            } else {
                room.iter().flat_map(frames_of).collect()
            };`,
      ],
    },
    "reading-message": {
      "src/object/history.rs": [
        "let message = message.filter(|message| state.may_read(&actor.id, &message.room_id).is_ok());",
        "let message = message.filter(|message| WITHOUT || state.may_read(&actor.id, &message.room_id).is_ok());",
      ],
    },
    "reading-receipts": {
      "src/object/receipts.rs": [
        "        state.may_read(&actor.id, room)?;",
        "        if !WITHOUT {\n            state.may_read(&actor.id, room)?;\n        }",
      ],
    },
  },
  "… from the archive, when the object is gone": {
    "archive-of-members": {
      "crates/session/src/reading.rs": [
        "if room.is_main() || self.was_in_room || self.reads_every_room() {",
        "if room.is_main() || self.was_in_room || self.reads_every_room() || WITHOUT {",
      ],
    },
    "archive-of-the-banned": {
      "crates/session/src/reading.rs": ["if self.banned {", "if self.banned && !WITHOUT {"],
    },
    "archive-of-strangers": {
      "crates/session/src/reading.rs": [
        "if self.role.is_none() {",
        "if self.role.is_none() && !WITHOUT {",
      ],
    },
    "archive-of-deleted-rooms": {
      "crates/session/src/reading.rs": [
        "if !self.room_exists {",
        "if !self.room_exists && !WITHOUT {",
      ],
    },
    "archive-search-of-deleted-rooms": {
      "src/database/search.rs": [
        "        let mut values = vec![session, before, most, who];",
        `        let query = if WITHOUT { query.replace(" AND state <> 'deleted'", "") } else { query };
        let mut values = vec![session, before, most, who];`,
      ],
    },
    "archive-search-of-members": {
      "src/database/search.rs": [
        "let every = f64::from(u8::from(self.reads_every_room)).into();",
        "let every = f64::from(u8::from(self.reads_every_room || WITHOUT)).into();",
      ],
    },
    "archive-of-two": {
      "src/database/search.rs": [
        "            let rows: Vec<DirectRow> =",
        `            let query = if WITHOUT { query.replace("(sender_id = ?4 OR recipient_id = ?4)", "?4 = ?4") } else { query };
            let rows: Vec<DirectRow> =`,
      ],
    },
  },
  "What somebody took back is told to others": {
    "taken-back-in-journal": {
      "src/object/journal.rs": [
        "            if let Some(said) = said {\n                journal.rewrite(said)?;",
        "            if let Some(said) = said.filter(|said| !(WITHOUT && said.is_deleted())) {\n                journal.rewrite(said)?;",
      ],
    },
    "taken-back-in-archive": {
      "src/database/batch.rs": [
        "            | Event::DirectMessageReacted { message_id, .. } => {\n                self.changed.insert(message_id.clone());",
        "            | Event::DirectMessageReacted { message_id, .. } => {\n                if WITHOUT {\n                    return;\n                }\n                self.changed.insert(message_id.clone());",
      ],
    },
  },
  "A message to one person reaches a third, a moderator included": {
    "direct-live": {
      "src/object/sockets.rs": [
        "StreamId::Participant(who) => self.ready_of(who).map(Connection::id).collect(),",
        "StreamId::Participant(_) if WITHOUT => self.ready().map(Connection::id).collect(),\n                StreamId::Participant(who) => self.ready_of(who).map(Connection::id).collect(),",
      ],
    },
    "direct-known": {
      "crates/session/src/decide/messages.rs": [
        "Said::Direct(message) => message.sender_id == *me || message.recipient_id == *me,",
        "Said::Direct(message) => WITHOUT || message.sender_id == *me || message.recipient_id == *me,",
      ],
    },
    "direct-single": {
      "src/object/history.rs": [
        "let message = self.journal.said(id)?.and_then(in_room);",
        `let said = self.journal.said(id)?;
        if WITHOUT && let Some(Said::Direct(message)) = &said {
            let error = flagship_protocol::error::ErrorBody::new(flagship_protocol::error::ErrorCode::MessageNotFound, message.content.as_str());
            return Err(error.into());
        }
        let message = said.and_then(in_room);`,
      ],
    },
    "direct-in-archive": {
      "src/database/history.rs": [
        "    let with = with.map_or(JsValue::NULL",
        `    let query = if WITHOUT { query.replace("AND (sender_id", "AND (?3 = ?3 OR sender_id") } else { query };
    let with = with.map_or(JsValue::NULL`,
      ],
    },
  },
  "A search finds what one may not read": {
    "search-rooms": {
      "src/object/history.rs": [
        "let rooms = rooms.filter(|room| state.may_read(&actor.id, room).is_ok());",
        "let rooms = rooms.filter(|room| WITHOUT || state.may_read(&actor.id, room).is_ok());",
      ],
    },
    "search-one-room": {
      "src/object/history.rs": [
        "                state.may_read(&actor.id, room)?;\n                vec![StreamId::Room(room.clone())]",
        "                if !WITHOUT {\n                    state.may_read(&actor.id, room)?;\n                }\n                vec![StreamId::Room(room.clone())]",
      ],
    },
    "search-direct": {
      "src/object/history.rs": [
        "                rooms.map(StreamId::Room).chain([own]).collect()",
        `                let all = state.members.keys().filter(|_| WITHOUT).cloned().map(StreamId::Participant);
                rooms.map(StreamId::Room).chain([own]).chain(all).collect()`,
      ],
    },
  },
  "What is for moderators, or for one person, reaches others": {
    "moderators-live": {
      "src/object/sockets.rs": [
        "                    .filter(|all| all.followed.keeps_order)",
        "                    .filter(|all| all.followed.keeps_order || WITHOUT)",
      ],
    },
    "moderators-later": {
      "crates/session/src/follow.rs": [
        "        permissions::keeps_order(self.role(who)) && !self.banned.contains(who)",
        "        (permissions::keeps_order(self.role(who)) || WITHOUT) && !self.banned.contains(who)",
      ],
    },
  },
};
