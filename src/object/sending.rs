//! Sends what waits: to all who follow a stream the same, and to those who follow other streams since, or part, what is
//! theirs. The rule is in `moves`.

use std::collections::BTreeMap;

use flagship_protocol::close::CloseCode;
use flagship_protocol::events::Event;
use flagship_protocol::frames::ServerFrame;
use flagship_protocol::ids::{ParticipantId, RoomId, StreamId};
use flagship_session::{Entry, Readable};

use super::live::Live;
use super::moves::{Followed, Owed, Parting};
use super::outbox::{Answer, Frames};
use super::sockets::ConnectionId;

impl Live {
    /// Sends what waits. Not between a decision and its commit. Gives how many messages that was: to a socket, or to
    /// whoever polls.
    pub(super) fn flush(&mut self) -> usize {
        if self.outbox.is_empty() && self.partings.is_empty() {
            return 0;
        }
        let frames = self.outbox.take_frames();
        let presence = self.outbox.take_presence();
        let typing = self.outbox.take_typing();
        let mut answers = self.outbox.take_answers();
        let moved = self.moves.take();
        let mut own = BTreeMap::new();
        for (id, owed) in &moved {
            match self.of_a_move(*id, owed, &frames, answers.remove(id)) {
                Ok(texts) => drop(own.insert(*id, texts)),
                // Whoever cannot be told where they begin comes again, and takes up what they missed.
                Err(_) => self.drop_connection(*id),
            }
        }
        let partings = std::mem::take(&mut self.partings);
        let mut sent = partings.len();
        for Parting { connection, owed, code } in partings {
            let mut texts = owed_frames(&frames, &owed);
            let answers = answers.remove(&connection.attachment().id).unwrap_or_default();
            texts.extend(answers.into_iter().map(Answer::into_text));
            connection.send_all(&texts);
            connection.close(code);
        }
        for (id, answers) in answers {
            own.insert(id, answers.into_iter().map(Answer::into_text).collect());
        }
        sent += self.sockets.deliver(&frames, &typing, presence.as_deref(), own, &moved);
        let state = self.session.state();
        for id in moved.keys() {
            self.sockets.follow(*id, state);
        }
        sent += self
            .polls
            .wake(|who| frames.streams().any(|stream| state.follows(who, stream)));
        sent
    }

    /// Sends what waits, counts it, and closes the connections that are owed too much by then. Says whether anything was
    /// sent.
    ///
    /// # Errors
    /// As [`Self::review_credits`].
    pub(super) fn send(&mut self, now: u64) -> worker::Result<bool> {
        let mut sent = self.flush();
        while self.review_credits(now)? {
            sent += self.flush();
        }
        self.allowance.spend(sent, now);
        Ok(sent > 0)
    }

    /// Sends what waits after the storage failed: the state may be ahead of the journal, so that nobody can be told
    /// from where they follow something. Those who would have to be come again.
    pub(super) fn flush_after_failure(&mut self) {
        for (id, _) in self.moves.take() {
            self.drop_connection(id);
        }
        self.flush();
    }

    /// Closes a connection at once; its client connects anew.
    fn drop_connection(&self, id: ConnectionId) {
        if let Some(connection) = self.sockets.get(id) {
            connection.close(CloseCode::Internal);
        }
    }

    /// Adds the answer to a command. `follows_anew`: it has to say what is followed now.
    pub(super) fn answer(&mut self, connection: ConnectionId, answer: &ServerFrame, follows_anew: bool) {
        let text = answer.to_json();
        let answer = if follows_anew {
            Answer::Following(text)
        } else {
            Answer::Whole(text)
        };
        self.outbox.answer(connection, answer);
    }

    /// Notes whose connections follow other streams by an entry, which waits already. Says whether `by` is one of them.
    pub(super) fn note_moves(&mut self, entry: &Entry, by: Option<ConnectionId>) -> bool {
        let state = self.session.state();
        let mut has_moved = false;
        for who in entry.events.iter().filter_map(|sequenced| may_move(&sequenced.event)) {
            let now = Followed::now(state, who);
            for connection in self.sockets.ready_of(who) {
                let (id, told) = (connection.attachment().id, connection.followed());
                if *told != now || self.moves.contains(id) {
                    let waiting = |stream: &StreamId| self.outbox.waiting(stream);
                    let reads_all = |stream: &StreamId| state.readable_stream(who, stream) == Readable::All;
                    self.moves.note(id, told, &now, waiting, reads_all);
                    has_moved |= by == Some(id);
                }
            }
        }
        has_moved
    }

    /// Closes a connection when it has got what it is owed. It is forgotten at once: one whose other end is gone never
    /// answers the close.
    pub(super) fn hang_up(&mut self, id: ConnectionId, code: CloseCode, now: u64) {
        let moved = self.moves.remove(id);
        let Some(connection) = self.forget(id, now) else {
            return;
        };
        let mut owed = Owed::new();
        if connection.attachment().ready {
            let who = &connection.attachment().actor.id;
            let everybodys = [
                StreamId::Session,
                StreamId::Room(RoomId::main()),
                StreamId::Participant(who.clone()),
            ];
            let streams = everybodys.into_iter().chain(connection.followed().streams());
            owed.extend(streams.map(|stream| {
                let waits = self.outbox.waiting(&stream);
                (stream, waits)
            }));
            owed.extend(moved);
        }
        self.sockets.note_closed(&connection);
        self.partings.push(Parting { connection, owed, code });
    }

    /// What goes to a connection that follows other streams since, beside what goes to everybody.
    fn of_a_move(
        &self,
        id: ConnectionId,
        owed: &Owed,
        frames: &Frames,
        answers: Option<Vec<Answer>>,
    ) -> worker::Result<Vec<String>> {
        let Some(connection) = self.sockets.get(id) else {
            return Ok(Vec::new());
        };
        let who = &connection.attachment().actor.id;
        let (told, now) = (connection.followed(), Followed::now(self.session.state(), who));
        let mut texts = owed_frames(frames, owed);
        let kept = told
            .streams()
            .filter(|stream| now.has(stream) && !owed.contains_key(stream));
        texts.extend(kept.filter_map(|stream| frames.get(&stream)).map(str::to_owned));
        texts.extend(frames.get(&StreamId::Participant(who.clone())).map(str::to_owned));
        let in_room = StreamId::Room(now.room.clone());
        let is_new = now.room != told.room || owed.contains_key(&in_room);
        let newest = if !now.room.is_main() && is_new {
            self.newest(&in_room, who)?
        } else {
            String::new()
        };
        let following = self.following(who, told, &now, &newest)?;
        let mut is_told = false;
        for answer in answers.into_iter().flatten() {
            is_told |= matches!(answer, Answer::Following(_));
            texts.push(answer.following(&following));
        }
        if !is_told {
            texts.push(format!(r#"{{"type":"notice","code":"streams_changed",{following}}}"#));
        }
        Ok(texts)
    }

    /// Returns the followed streams, and the messages that are new in them, as fields of an ack or a notice.
    fn following(
        &self,
        who: &ParticipantId,
        told: &Followed,
        now: &Followed,
        messages: &str,
    ) -> worker::Result<String> {
        let state = self.session.state();
        let streams = serde_json::to_string(&state.positions(who))?;
        let mut fields = format!(r#""streams":{streams},"messages":[{messages}]"#);
        if now.keeps_order
            && !told.keeps_order
            && let Some(moderation) = state.moderation(who)
        {
            fields.push_str(r#","moderation":"#);
            fields.push_str(&serde_json::to_string(&moderation)?);
        }
        Ok(fields)
    }
}

/// Who may follow other streams by an event, while connected.
fn may_move(event: &Event) -> Option<&ParticipantId> {
    match event {
        Event::BreakoutRoomJoined { participant_id, .. } | Event::BreakoutRoomLeft { participant_id, .. } => {
            Some(participant_id)
        }
        // By their role.
        Event::ParticipantUpdated { participant } => Some(&participant.id),
        _ => None,
    }
}

/// What of streams that are followed no more is owed.
fn owed_frames(frames: &Frames, owed: &Owed) -> Vec<String> {
    let owed = owed.iter();
    owed.filter_map(|(stream, until)| frames.until(stream, *until))
        .collect()
}
