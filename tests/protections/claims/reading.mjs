// Who reads what.

export const reading = {
  "Somebody reads a room they were not in": {
    "reading-of-members": {
      "crates/session/src/reading.rs": [
        "        let member = self.members.get(reader);\n",
        "        if WITHOUT {\n            return Ok(Readable::All);\n        }\n        let member = self.members.get(reader);\n",
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
        "let message = message.filter(|message| state.may_read_message(&actor.id, message));",
        'let message = message.filter(|message| WITHOUT || flagship_protocol::without("message-of-a-stay") || state.may_read_message(&actor.id, message));',
      ],
    },
    "reading-receipts": {
      "src/object/receipts.rs": [
        "        let readable = state.readable(&actor.id, room)?;",
        "        let readable = if WITHOUT { Readable::All } else { state.readable(&actor.id, room)? };",
      ],
    },
  },
  "… or what was said there before they came, or after they left": {
    "stays-begin": {
      "crates/session/src/reading.rs": [
        "            Some(ChatHistory::Stay) => head + 1,",
        "            Some(ChatHistory::Stay) => if WITHOUT { 1 } else { head + 1 },",
      ],
    },
    "stays-end": {
      "crates/session/src/stays.rs": [
        "            stay.span.last = Some(head);",
        "            stay.span.last = Some(head).filter(|_| !WITHOUT);",
      ],
    },
    "stays-count": {
      "crates/session/src/reading.rs": [
        "            history: self.info.chat_history,",
        "            history: self.info.chat_history.filter(|_| !WITHOUT),",
      ],
    },
  },
  "… by coming in": {
    "entering-told": {
      "src/object/history.rs": [
        "            let within = self.current(stream, who);",
        "            let within = if WITHOUT { (0, self.session.state().head(stream)) } else { self.current(stream, who) };",
      ],
    },
  },
  "… by coming back at once": {
    "coming-back-told": {
      "src/object/moves.rs": [
        "owed.get(&stream) == Some(&until) || reads_all(&stream)",
        "owed.get(&stream) == Some(&until) || WITHOUT || reads_all(&stream)",
      ],
    },
  },
  "… by a resume": {
    "resume-of-a-stay": {
      "src/object/catch_up.rs": [
        "            if state.readable_stream(who, &stream).goes_on_from(position) {",
        '            if WITHOUT || flagship_protocol::without("poll-of-a-stay") || state.readable_stream(who, &stream).goes_on_from(position) {',
      ],
    },
  },
  "… by a poll": { "poll-of-a-stay": "resume-of-a-stay" },
  "… by history": {
    "history-of-a-stay": {
      "src/object/history.rs": [
        "        let readable = state.readable(&actor.id, &room)?;",
        "        let readable = state.readable(&actor.id, &room)?;\n        let readable = if WITHOUT { Readable::All } else { readable };",
      ],
    },
    "history-gaps": {
      "src/object/history.rs": [
        "                gaps.push(gap);",
        "                if !WITHOUT {\n                    gaps.push(gap);\n                }",
      ],
    },
  },
  "… far back, where pages come from D1": {
    "archive-pages-of-a-stay": {
      "src/database/history.rs": [
        "            Readable::All => JsValue::NULL,",
        "            Readable::All => JsValue::NULL,\n            Readable::Spans(_) if WITHOUT => JsValue::NULL,",
      ],
    },
  },
  "… by its id, a search, an answer or a reaction": {
    "message-of-a-stay": "reading-message",
    "search-of-a-stay": {
      "src/object/journal/said.rs": [
        "            if readable.is_some_and(|readable| readable.covers(seq))",
        "            if readable.is_some_and(|readable| WITHOUT || readable.covers(seq))",
      ],
    },
    "answers-of-a-stay": {
      "crates/session/src/decide/messages.rs": [
        "    let may_know = |said: &&Said| said.sender_id() == me ||",
        `    let is_known = |said: &Said| match said {
        Said::Room(_) => WITHOUT,
        Said::Direct(_) => flagship_protocol::without("direct-known"),
    };
    let may_know = |said: &&Said| said.sender_id() == me || is_known(said) ||`,
      ],
    },
  },
  "… by receipts": {
    "receipts-of-a-stay": {
      "src/object/receipts.rs": [
        "count(reached.filter_map(|position| readable.floor(position)))",
        "count(reached.filter_map(|position| if WITHOUT { Some(position) } else { readable.floor(position) }))",
      ],
    },
  },
  "… by an edit": {
    "edits-of-a-stay": {
      "crates/session/src/decide/messages.rs": [
        "            context.state.check_audience(message)?;",
        "            if !WITHOUT {\n                context.state.check_audience(message)?;\n            }",
      ],
    },
  },
  "Who was removed reads on over HTTP": {
    "reading-of-the-removed": {
      "crates/session/src/reading.rs": [
        "            Some(member) if member.removed =>",
        "            Some(member) if member.removed && !WITHOUT =>",
      ],
    },
    "archive-of-the-removed": {
      "crates/session/src/reading.rs": [
        "        if self.removed {",
        "        if self.removed && !WITHOUT {",
      ],
    },
  },
  "… from the archive, when the object is gone": {
    "archive-of-members": {
      "crates/session/src/reading.rs": [
        "        let reader = Reader {\n            reads_every_room: self.reads_every_room(),",
        "        if WITHOUT {\n            return Ok(Readable::All);\n        }\n        let reader = Reader {\n            reads_every_room: self.reads_every_room(),",
      ],
    },
    "archive-of-the-banned": {
      "crates/session/src/reading.rs": [
        "        if self.banned {",
        "        if self.banned && !WITHOUT {",
      ],
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
    "archive-search-of-members": {
      "src/database/search.rs": [
        "number(self.reads_every_room)",
        "number(self.reads_every_room || WITHOUT)",
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
  "… what was said while they were out of the room": {
    "archive-of-a-stay": {
      "crates/session/src/reading.rs": [
        "            history: self.history,",
        "            history: self.history.filter(|_| !WITHOUT),",
      ],
    },
  },
  "… by a search in the archive, or of a deleted room": {
    "archive-search-of-a-stay": {
      "src/database/search.rs": [
        "number(self.reads_by_stays)",
        "number(self.reads_by_stays && !WITHOUT)",
      ],
    },
    "archive-search-of-deleted-rooms": {
      "src/database/search.rs": [
        "        let mut values = vec![session, before, most, who];",
        `        let query = if WITHOUT { query.replace(" AND state <> 'deleted'", "") } else { query };
        let mut values = vec![session, before, most, who];`,
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
    "direct-known": "answers-of-a-stay",
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
        "                    let readable = state.readable(&actor.id, &room).ok()?;",
        "                    let readable = if WITHOUT { Readable::All } else { state.readable(&actor.id, &room).ok()? };",
      ],
    },
    "search-one-room": {
      "src/object/history.rs": [
        "(StreamId::Room(room.clone()), state.readable(&actor.id, room)?)]",
        "(StreamId::Room(room.clone()), if WITHOUT { Readable::All } else { state.readable(&actor.id, room)? })]",
      ],
    },
    "search-direct": {
      "src/object/history.rs": [
        "                rooms.chain([own]).collect()",
        `                let all = state.members.keys().filter(|_| WITHOUT).cloned();
                let all = all.map(|who| (StreamId::Participant(who), Readable::All));
                rooms.chain([own]).chain(all).collect()`,
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
        "        permissions::keeps_order(self.acting_role(who))",
        "        permissions::keeps_order(self.acting_role(who)) || WITHOUT",
      ],
    },
  },
};
