//! What should be true, in the plainest words: a second, naive account of a session, written without looking at the
//! first. It keeps no history, no streams and no timers, only what people would say is so.

use std::collections::{BTreeMap, BTreeSet};

use flagship_protocol::error::ErrorCode;
use flagship_protocol::events::Event;
use flagship_protocol::ids::{HelpRequestId, MessageId, ParticipantId, RoomId, StreamId};
use flagship_protocol::limits;
use flagship_protocol::model::{ChatHistory, LateJoiners, Role, RoomState};
use flagship_protocol::moderation::HelpKind;
use flagship_protocol::text::GuestKey;
use flagship_session::{Actor, Said, State};

use crate::support::Stage;

/// Somebody who is or was there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) joined: bool,
    pub(super) role: Role,
    pub(super) place: RoomId,
    pub(super) assigned: Option<RoomId>,
    pub(super) previous: Option<RoomId>,
    pub(super) knocks_at: Option<RoomId>,
    /// Into which room, and whether they said that they come later.
    pub(super) invited: Option<(RoomId, bool)>,
    pub(super) hand: bool,
    /// By whom they are muted everywhere.
    pub(super) muted: Option<Role>,
    /// Where a facilitator muted them.
    pub(super) muted_in: BTreeSet<RoomId>,
    pub(super) spoke_at: Option<u64>,
    /// Rooms that they left recently, and when.
    pub(super) departures: Vec<(RoomId, u64)>,
    /// Whether they were sent out, and have not come back.
    pub(super) sent_out: bool,
}

/// A breakout room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) state: RoomState,
    pub(super) locked: bool,
    pub(super) capacity: Option<u64>,
    pub(super) ends_at: Option<u64>,
    pub(super) closes_at: Option<u64>,
    pub(super) facilitators: BTreeSet<ParticipantId>,
    pub(super) slow: Option<u64>,
    pub(super) version: u64,
    pub(super) visitors: BTreeSet<ParticipantId>,
    /// The last thing that was said anywhere when it was opened, by the number of its id.
    pub(super) opened_after: u64,
}

/// A request for help that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) who: ParticipantId,
    pub(super) kind: HelpKind,
    pub(super) claimed_by: Option<ParticipantId>,
}

/// Something that was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) who: ParticipantId,
    pub(super) to: Ears,
    /// `None` once it was taken back.
    pub(super) content: Option<String>,
    pub(super) answers: Option<u64>,
    pub(super) mentions: Vec<ParticipantId>,
    pub(super) reactions: BTreeSet<(String, ParticipantId)>,
    pub(super) edited: bool,
    /// Who was in the breakout room, or was told it when they came in.
    pub(super) heard_by: BTreeSet<ParticipantId>,
}

/// For whom it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ears {
    Room(RoomId),
    One(ParticipantId),
}

/// Everything that should be true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reference {
    pub(super) clock: u64,
    pub(super) ended: bool,
    pub(super) locked: bool,
    pub(super) self_select: bool,
    pub(super) return_allowed: bool,
    pub(super) countdown: u64,
    pub(super) late: LateJoiners,
    pub(super) slow: Option<u64>,
    pub(super) round: u32,
    pub(super) tells_round: bool,
    pub(super) version: u64,
    pub(super) people: BTreeMap<ParticipantId, Person>,
    pub(super) banned: BTreeSet<ParticipantId>,
    pub(super) rooms: BTreeMap<RoomId, Place>,
    pub(super) guests: BTreeMap<GuestKey, RoomId>,
    pub(super) help: BTreeMap<HelpRequestId, Asked>,
    /// By the number of its id.
    pub(super) said: BTreeMap<u64, Words>,
    /// Whose e-mail address is known, as they were heard of since the session was restored. No state shows it.
    pub(super) addressed: BTreeSet<ParticipantId>,
}

pub(super) fn keeps_order(role: Role) -> bool {
    role != Role::Participant
}

impl Reference {
    /// What the session and its journal say is so.
    pub(super) fn of(stage: &Stage) -> Self {
        let state: &State = stage.session.state();
        let person = |member: &flagship_session::Member| {
            let who = &member.participant;
            let invited = who.invitation.as_ref();
            Person {
                joined: member.joined,
                role: who.role,
                place: who.room_id.clone(),
                assigned: who.assigned_room_id.clone(),
                previous: member.previous_room_id.clone(),
                knocks_at: who.knocking_room_id.clone(),
                invited: invited.map(|invitation| (invitation.room_id.clone(), invitation.postponed)),
                hand: who.hand_raised,
                muted: who.muted.then(|| who.muted_by.unwrap()),
                muted_in: who.muted_in.iter().cloned().collect(),
                spoke_at: member.spoke_at,
                departures: member
                    .departures
                    .iter()
                    .map(|departure| (departure.room_id.clone(), departure.at))
                    .collect(),
                sent_out: member.removed,
            }
        };
        let said_by = |seq: u64, room: &RoomId| {
            let rooms = stage.journal.iter().flat_map(|entry| &entry.events);
            let said = rooms.filter_map(|sequenced| match &sequenced.event {
                Event::MessageCreated { message } if message.room_id == *room && message.seq <= seq => message.id.rev(),
                _ => None,
            });
            said.max().unwrap_or(0)
        };
        let place = |record: &flagship_session::RoomRecord| Place {
            state: record.room.state,
            locked: record.room.locked,
            capacity: record.room.capacity.map(|capacity| capacity.get()),
            ends_at: record.room.ends_at,
            closes_at: record.room.closes_at,
            facilitators: record.room.facilitator_ids.iter().cloned().collect(),
            slow: record.room.slow_mode_ms.map(|pause| pause.get()),
            version: record.room.version,
            visitors: record.members.clone(),
            opened_after: record
                .room
                .rounds
                .last()
                .map_or(0, |opened| said_by(opened.after, &record.room.id)),
        };
        let asked = |request: &flagship_protocol::moderation::HelpRequest| Asked {
            who: request.participant_id.clone(),
            kind: request.kind,
            claimed_by: request.claimed_by.clone(),
        };
        let info = &state.info;
        Self {
            clock: state.at,
            ended: info.state == flagship_protocol::model::SessionState::Ended,
            locked: info.locked,
            self_select: info.self_select,
            return_allowed: info.return_allowed,
            countdown: info.countdown_ms.get(),
            late: info.late_joiners,
            slow: info.slow_mode_ms.map(|pause| pause.get()),
            round: info.round,
            tells_round: info.chat_history == Some(ChatHistory::Round),
            version: info.version,
            people: state
                .members
                .iter()
                .map(|(id, member)| (id.clone(), person(member)))
                .collect(),
            banned: state.banned.clone(),
            rooms: state
                .rooms
                .iter()
                .map(|(id, record)| (id.clone(), place(record)))
                .collect(),
            guests: state.guests.clone(),
            help: state
                .help
                .iter()
                .map(|(id, request)| (id.clone(), asked(request)))
                .collect(),
            said: stage
                .journal
                .iter()
                .flat_map(|entry| &entry.events)
                .filter_map(|sequenced| Said::of(&sequenced.event))
                .map(|said| words(state, said))
                .collect(),
            addressed: BTreeSet::new(),
        }
    }

    /// Somebody connects. `true` if that changes something.
    pub(super) fn connect(&mut self, actor: &Actor) -> Result<bool, ErrorCode> {
        let is_in = self.people.get(&actor.id).is_some_and(|person| person.joined);
        if self.arrive(actor)? || !is_in {
            return Ok(true);
        }
        Ok(self.take_seat(actor, actor.email.clone()))
    }

    /// Somebody does something, and so comes in if they are not. `true` if that changes something.
    pub(super) fn arrive(&mut self, actor: &Actor) -> Result<bool, ErrorCode> {
        if self.banned.contains(&actor.id) {
            return Err(ErrorCode::Banned);
        }
        let is_in = self.people.get(&actor.id).map(|person| person.joined);
        match is_in {
            Some(true) => return Ok(false),
            // Nobody comes in any more, and whoever was there before acts as they were.
            Some(_) if self.ended => return Ok(false),
            None if self.ended => return Err(ErrorCode::SessionEnded),
            Some(_) if self.locked && self.person(&actor.id).sent_out => return Err(ErrorCode::SessionLocked),
            None if self.locked => return Err(ErrorCode::SessionLocked),
            None => drop(self.people.insert(actor.id.clone(), newcomer())),
            Some(_) => {}
        }
        self.people.get_mut(&actor.id).unwrap().sent_out = false;
        if let Some(person) = self.people.get_mut(&actor.id) {
            person.joined = true;
        }
        let names = actor.email.iter().cloned().chain(GuestKey::new(actor.id.as_str()));
        if self.take_seat(actor, names) {
            return Ok(true);
        }
        let round_runs = self.rooms.values().any(|room| room.state == RoomState::Open);
        let (assigned, previous) = (
            self.person(&actor.id).assigned.clone(),
            self.person(&actor.id).previous.clone(),
        );
        let to = match (assigned, self.late) {
            (Some(own), _) => Some(own),
            (None, LateJoiners::Previous) if round_runs => previous.filter(|room| !self.rooms[room].locked),
            (None, LateJoiners::Smallest) if round_runs => {
                let smallest = self.smallest();
                self.people.get_mut(&actor.id).unwrap().assigned = smallest.clone();
                smallest
            }
            _ => None,
        };
        if let Some(room) = to.filter(|room| self.takes(room)) {
            self.go(&actor.id, &room);
        }
        Ok(true)
    }

    /// Somebody who is expected has a room now, and goes there if it takes them.
    fn take_seat(&mut self, actor: &Actor, names: impl IntoIterator<Item = GuestKey>) -> bool {
        let Some(key) = names.into_iter().find(|key| self.guests.contains_key(key)) else {
            return false;
        };
        let room = self.guests.remove(&key).unwrap();
        self.people.get_mut(&actor.id).unwrap().assigned = Some(room.clone());
        if self.takes(&room) {
            self.go(&actor.id, &room);
        }
        true
    }

    fn smallest(&self) -> Option<RoomId> {
        let open = self
            .by_age()
            .into_iter()
            .filter(|id| !self.rooms[id].locked && self.takes(id));
        open.min_by_key(|id| self.present(id))
    }

    /// The room is open and has a place.
    pub(super) fn takes(&self, id: &RoomId) -> bool {
        self.rooms.get(id).is_some_and(|room| room.state == RoomState::Open) && self.has_space(id)
    }

    pub(super) fn has_space(&self, id: &RoomId) -> bool {
        self.rooms[id]
            .capacity
            .is_none_or(|capacity| (self.present(id) as u64) < capacity)
    }

    pub(super) fn present(&self, room: &RoomId) -> usize {
        self.people
            .values()
            .filter(|person| person.joined && person.place == *room)
            .count()
    }

    pub(super) fn person(&self, who: &ParticipantId) -> &Person {
        &self.people[who]
    }

    /// The rooms in the order in which they were made.
    pub(super) fn by_age(&self) -> Vec<RoomId> {
        let mut rooms: Vec<RoomId> = self.rooms.keys().cloned().collect();
        let numbers = |id: &RoomId| -> Vec<u64> {
            let numbers = id.as_str()[1..].split('-');
            numbers.map(|number| number.parse().unwrap()).collect()
        };
        rooms.sort_by_key(numbers);
        rooms
    }

    pub(super) fn go(&mut self, who: &ParticipantId, to: &RoomId) {
        let person = self.people.get_mut(who).unwrap();
        if person.place == *to {
            return;
        }
        if !person.place.is_main() {
            let (left, now) = (person.place.clone(), self.clock);
            person
                .departures
                .retain(|(room, at)| *room != left && now - at <= limits::LATE_MESSAGE_MS);
            let surplus = (person.departures.len() + 1).saturating_sub(limits::DEPARTURES);
            person.departures.drain(..surplus);
            person.departures.push((left.clone(), now));
            person.previous = Some(left);
        }
        person.place = to.clone();
        if let Some(room) = self.rooms.get_mut(to) {
            let said = self.said.iter_mut().filter(|(number, words)| {
                self.tells_round && words.to == Ears::Room(to.clone()) && **number > room.opened_after
            });
            said.for_each(|(_, words)| words.heard_by.extend([who.clone()]));
            room.visitors.insert(who.clone());
            person.knocks_at = None;
            person.invited = None;
        }
    }

    pub(super) fn empty(&mut self, room: &RoomId) {
        for who in self.people.keys().cloned().collect::<Vec<_>>() {
            if self.person(&who).place == *room {
                self.go(&who, &RoomId::main());
            }
        }
    }

    pub(super) fn close(&mut self, id: &RoomId, rev: u64) {
        self.empty(id);
        self.nobody_waits_at(id);
        let room = self.rooms.get_mut(id).unwrap();
        (room.state, room.ends_at, room.closes_at, room.version) = (RoomState::Closed, None, None, rev);
    }

    pub(super) fn nobody_waits_at(&mut self, room: &RoomId) {
        for person in self.people.values_mut() {
            person.knocks_at.take_if(|knocked| knocked == room);
            person.invited.take_if(|(invited, _)| invited == room);
            person.departures.retain(|(left, _)| left != room);
        }
    }

    /// Somebody goes: out of the room and the session, and with them what they waited for.
    pub(super) fn depart(&mut self, who: &ParticipantId) {
        self.go(who, &RoomId::main());
        let person = self.people.get_mut(who).unwrap();
        person.departures.clear();
        (person.joined, person.hand, person.knocks_at, person.invited) = (false, false, None, None);
        self.help.retain(|_, asked| asked.who != *who);
    }

    /// Somebody is put out, and with them whatever they were more than others.
    pub(super) fn put_out(&mut self, who: &ParticipantId, rev: u64) {
        self.depart(who);
        let person = self.people.get_mut(who).unwrap();
        (person.role, person.assigned, person.previous, person.sent_out) = (Role::Participant, None, None, true);
        for room in self.rooms.values_mut() {
            if room.facilitators.remove(who) {
                room.version = rev;
            }
        }
    }

    /// Whether somebody is there, or was when it ended.
    pub(super) fn acts(&self, who: &ParticipantId) -> bool {
        let person = self.people.get(who);
        person.is_some_and(|person| (person.joined || self.ended) && !self.banned.contains(who))
    }

    /// The time is `now`: timers end and countdowns are over.
    pub(super) fn time_passes(&mut self, now: u64, rev: u64) {
        let now = now.max(self.clock);
        for id in self.by_age() {
            let room = self.rooms.get_mut(&id).unwrap();
            if let (RoomState::Open, Some(end)) = (room.state, room.ends_at)
                && end <= now
            {
                let closes_at = Some(end + self.countdown);
                (room.state, room.ends_at, room.closes_at) = (RoomState::Closing, None, closes_at);
                room.version = rev;
            }
            if room.state == RoomState::Closing && room.closes_at.is_some_and(|end| end <= now) {
                self.close(&id, rev);
            }
        }
    }

    /// When a timer or a countdown ends next.
    pub(super) fn next_end(&self) -> Option<u64> {
        let ends = self.rooms.values().filter_map(|room| room.ends_at.or(room.closes_at));
        ends.min()
    }

    /// Whether somebody may read something that was said.
    pub(super) fn may_read(&self, who: &ParticipantId, words: &Words) -> bool {
        let person = self.person(who);
        if self.banned.contains(who) || person.sent_out {
            return false;
        }
        match &words.to {
            Ears::Room(room) if room.is_main() => true,
            // A moderator who left acts as one only by coming in, or once the session is over.
            Ears::Room(room) if keeps_order(person.role) && (person.joined || self.ended) => {
                self.rooms.contains_key(room)
            }
            Ears::Room(_) => words.heard_by.contains(who),
            Ears::One(other) => who == other || *who == words.who,
        }
    }

    /// Those who are in a breakout room and hear what is said there.
    pub(super) fn hearers(&self, room: &RoomId) -> BTreeSet<ParticipantId> {
        let present = self.people.iter().filter(|(_, person)| person.joined);
        let present = present.filter(|(_, person)| person.place == *room && !room.is_main());
        present.map(|(who, _)| who.clone()).collect()
    }

    /// What somebody hears.
    pub(super) fn hears(&self, who: &ParticipantId) -> BTreeSet<StreamId> {
        let mut streams = BTreeSet::from([
            StreamId::Session,
            StreamId::Room(RoomId::main()),
            StreamId::Participant(who.clone()),
        ]);
        if let Some(person) = self.people.get(who) {
            if person.joined {
                streams.insert(StreamId::Room(person.place.clone()));
            }
            if keeps_order(person.role) && self.acts(who) {
                streams.insert(StreamId::Moderators);
            }
        }
        streams
    }
}

fn words(state: &State, said: Said) -> (u64, Words) {
    let reactions = said.reactions().iter().flat_map(|reaction| {
        let emoji = reaction.emoji.to_string();
        reaction
            .participant_ids
            .iter()
            .map(move |who| (emoji.clone(), who.clone()))
    });
    let reactions = reactions.collect();
    let heard_by = match &said {
        Said::Room(message) => {
            let stays = state
                .members
                .iter()
                .map(|(id, member)| (id, member.stays.in_room(&message.room_id)));
            let heard = stays.filter(|(_, stays)| stays.iter().any(|stay| stay.covers(message.seq)));
            heard.map(|(id, _)| id.clone()).collect()
        }
        Said::Direct(_) => BTreeSet::new(),
    };
    let text = |content: &str| (!content.is_empty()).then(|| content.to_owned());
    let rev = |id: &MessageId| id.rev().unwrap();
    match said {
        Said::Room(message) => (
            rev(&message.id),
            Words {
                who: message.sender_id,
                to: Ears::Room(message.room_id),
                content: text(message.content.as_str()),
                answers: message.reply_to.as_ref().map(rev),
                mentions: message.mentions,
                reactions,
                edited: message.edited_at.is_some(),
                heard_by,
            },
        ),
        Said::Direct(message) => (
            rev(&message.id),
            Words {
                who: message.sender_id,
                to: Ears::One(message.recipient_id),
                content: text(message.content.as_str()),
                answers: message.reply_to.as_ref().map(rev),
                mentions: Vec::new(),
                reactions,
                edited: message.edited_at.is_some(),
                heard_by,
            },
        ),
    }
}

fn newcomer() -> Person {
    Person {
        joined: true,
        role: Role::Participant,
        place: RoomId::main(),
        assigned: None,
        previous: None,
        knocks_at: None,
        invited: None,
        hand: false,
        muted: None,
        muted_in: BTreeSet::new(),
        spoke_at: None,
        departures: Vec::new(),
        sent_out: false,
    }
}
