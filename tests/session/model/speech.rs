//! What should become of what people say.

use std::collections::BTreeSet;

use flagship_protocol::commands::*;
use flagship_protocol::error::ErrorCode;
use flagship_protocol::ids::{MessageId, ParticipantId, RoomId};
use flagship_protocol::limits;

use super::reference::{Ears, Reference, Words, keeps_order};
use super::rules::{Outcome, refuse_if};

impl Reference {
    pub(super) fn say(&mut self, me: &ParticipantId, send: &SendMessage, rev: u64) -> Outcome {
        self.speak(me, &send.room_id, send.seen_session)?;
        let answers = match &send.reply_to {
            Some(id) => {
                let answered = self.there(me, id)?;
                refuse_if(
                    self.said[&answered].to != Ears::Room(send.room_id.clone()),
                    ErrorCode::MessageNotFound,
                )?;
                Some(answered)
            }
            None => None,
        };
        let mentions = self.mentioned(&send.mentions)?;
        let words = Words {
            answers,
            mentions,
            heard_by: self.hearers(&send.room_id),
            ..words(me, Ears::Room(send.room_id.clone()), send.content.as_str())
        };
        self.said.insert(rev, words);
        Ok(())
    }

    pub(super) fn broadcast(&mut self, me: &ParticipantId, broadcast: &Broadcast, rev: u64) -> Outcome {
        let rooms: BTreeSet<RoomId> = match &broadcast.room_ids {
            Some(rooms) => rooms.iter().cloned().collect(),
            None => [RoomId::main()].into(),
        };
        refuse_if(rooms.is_empty(), ErrorCode::NoRooms)?;
        rooms.iter().try_for_each(|room| self.may_be_heard(me, room))?;
        for room in rooms.iter().filter(|room| !room.is_main()) {
            refuse_if(!Reference::is_in_use(self.room(room)?), ErrorCode::RoomClosed)?;
        }
        for (room, rev) in rooms.into_iter().zip(rev..) {
            let words = Words {
                heard_by: self.hearers(&room),
                ..words(me, Ears::Room(room), broadcast.content.as_str())
            };
            self.said.insert(rev, words);
        }
        self.people.get_mut(me).unwrap().spoke_at = Some(self.clock);
        Ok(())
    }

    pub(super) fn say_directly(&mut self, me: &ParticipantId, send: &SendDirectMessage, rev: u64) -> Outcome {
        let to = &send.participant_id;
        self.may_write(me, to)?;
        let answers = match &send.reply_to {
            Some(id) => {
                let answered = self.there(me, id)?;
                let words = &self.said[&answered];
                let is_theirs = words.who == *to || words.to == Ears::One(to.clone());
                let is_direct = matches!(words.to, Ears::One(_));
                refuse_if(!is_direct || !is_theirs, ErrorCode::MessageNotFound)?;
                Some(answered)
            }
            None => None,
        };
        let words = Words {
            answers,
            ..words(me, Ears::One(to.clone()), send.content.as_str())
        };
        self.said.insert(rev, words);
        Ok(())
    }

    pub(super) fn edit(&mut self, me: &ParticipantId, edit: &EditMessage) -> Outcome {
        let id = self.there(me, &edit.message_id)?;
        let Words { who, to, .. } = self.said[&id].clone();
        refuse_if(who != *me, ErrorCode::Forbidden)?;
        match &to {
            Ears::Room(room) => {
                self.may_be_heard(me, room)?;
                self.may_speak_in(me, room)?;
                let words = &self.said[&id];
                let all_know = self.hearers(room).iter().all(|who| self.may_read(who, words));
                let is_of_last_group = self.rooms.get(room).is_some_and(|place| id <= place.opened_after);
                refuse_if(!all_know || is_of_last_group, ErrorCode::AudienceChanged)?;
            }
            Ears::One(other) => {
                self.may_write(me, other)?;
                refuse_if(!edit.mentions.is_empty(), ErrorCode::TooMany)?;
            }
        }
        let mentions = self.mentioned(&edit.mentions)?;
        let content = Some(edit.content.to_string());
        let words = self.said.get_mut(&id).unwrap();
        words.edited |= words.content != content || words.mentions != mentions;
        (words.content, words.mentions) = (content, mentions);
        Ok(())
    }

    pub(super) fn take_back(&mut self, me: &ParticipantId, id: &MessageId) -> Outcome {
        let id = self.known(me, id)?;
        let Words { who, to, .. } = &self.said[&id];
        let may = match to {
            Ears::Room(room) => {
                let facilitates = |room: &RoomId| {
                    let room = self.rooms.get(room);
                    room.is_some_and(|room| room.facilitators.contains(me))
                };
                who == me || keeps_order(self.person(me).role) || facilitates(room)
            }
            Ears::One(_) => who == me,
        };
        refuse_if(!may, ErrorCode::Forbidden)?;
        let words = self.said.get_mut(&id).unwrap();
        words.content = None;
        words.mentions.clear();
        words.reactions.clear();
        Ok(())
    }

    pub(super) fn react(&mut self, me: &ParticipantId, react: &ReactToMessage) -> Outcome {
        let id = self.there(me, &react.message_id)?;
        let Words { who, to, .. } = self.said[&id].clone();
        match &to {
            Ears::Room(room) => {
                if react.added {
                    self.may_be_heard(me, room)?;
                }
                self.may_speak_in(me, room)?;
            }
            Ears::One(other) => self.may_write(me, if who == *me { other } else { &who })?,
        }
        let reaction = (react.emoji.to_string(), me.clone());
        let reactions = &mut self.said.get_mut(&id).unwrap().reactions;
        if react.added {
            reactions.insert(reaction);
        } else {
            reactions.remove(&reaction);
        }
        Ok(())
    }

    /// `seen`: how much their client had of what happened in the session when it was written; 0 is before everything.
    fn speak(&mut self, me: &ParticipantId, id: &RoomId, seen: Option<u64>) -> Outcome {
        self.may_be_heard(me, id)?;
        let person = self.person(me);
        let room = self.rooms.get(id);
        let pause = room.map_or(self.slow, |room| room.slow);
        let is_free = keeps_order(person.role) || room.is_some_and(|room| room.facilitators.contains(me));
        if let (Some(pause), Some(spoke_at), false) = (pause, person.spoke_at, is_free) {
            refuse_if(self.clock < spoke_at + pause, ErrorCode::RateLimited)?;
        }
        let is_recent = |at: u64| self.clock - at <= limits::LATE_MESSAGE_MS;
        let mut left = person.departures.iter().filter(|(room, _)| room == id);
        let was_there = seen == Some(0) && left.any(|(_, at)| is_recent(*at));
        match self.may_speak_in(me, id) {
            Err(ErrorCode::NotInRoom) if was_there => {}
            checked => checked?,
        }
        self.people.get_mut(me).unwrap().spoke_at = Some(self.clock);
        Ok(())
    }

    fn may_speak_in(&self, me: &ParticipantId, id: &RoomId) -> Outcome {
        if id.is_main() {
            return Ok(());
        }
        refuse_if(!Reference::is_in_use(self.room(id)?), ErrorCode::RoomClosed)?;
        let person = self.person(me);
        let may_speak = person.place == *id || keeps_order(person.role);
        refuse_if(!may_speak, ErrorCode::NotInRoom)
    }

    /// Two may write to each other if one of them keeps order.
    fn may_write(&self, me: &ParticipantId, other: &ParticipantId) -> Outcome {
        refuse_if(self.banned.contains(other), ErrorCode::ParticipantBanned)?;
        refuse_if(!self.people.contains_key(other), ErrorCode::ParticipantNotFound)?;
        refuse_if(me == other, ErrorCode::Invalid)?;
        let one_does = keeps_order(self.person(me).role) || keeps_order(self.person(other).role);
        refuse_if(!one_does, ErrorCode::Forbidden)
    }

    /// Those who are mentioned, once each.
    fn mentioned(&self, mentions: &[ParticipantId]) -> Result<Vec<ParticipantId>, ErrorCode> {
        refuse_if(mentions.len() > limits::MENTIONS, ErrorCode::TooMany)?;
        let mut named: Vec<ParticipantId> = Vec::new();
        for who in mentions {
            let is_known = self.people.contains_key(who) && !self.banned.contains(who);
            refuse_if(!is_known, ErrorCode::ParticipantNotFound)?;
            if !named.contains(who) {
                named.push(who.clone());
            }
        }
        Ok(named)
    }

    /// A message that somebody knows of: what they said, what was said to them, or in a room that they may read.
    fn known(&self, me: &ParticipantId, id: &MessageId) -> Result<u64, ErrorCode> {
        let number = id.as_str()[1..].parse().unwrap();
        let words = self.said.get(&number).ok_or(ErrorCode::MessageNotFound)?;
        let may_read = self.may_read(me, words);
        refuse_if(!may_read && words.who != *me, ErrorCode::MessageNotFound)?;
        Ok(number)
    }

    /// The same, unless it was taken back.
    fn there(&self, me: &ParticipantId, id: &MessageId) -> Result<u64, ErrorCode> {
        let number = self.known(me, id)?;
        refuse_if(self.said[&number].content.is_none(), ErrorCode::MessageDeleted)?;
        Ok(number)
    }
}

fn words(who: &ParticipantId, to: Ears, content: &str) -> Words {
    Words {
        who: who.clone(),
        to,
        content: Some(content.to_owned()),
        answers: None,
        mentions: Vec::new(),
        reactions: BTreeSet::new(),
        edited: false,
        heard_by: BTreeSet::new(),
    }
}
