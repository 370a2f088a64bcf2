//! What each command should do to the [`Reference`], or why it should be refused.

use std::collections::BTreeSet;

use flagship_protocol::commands::*;
use flagship_protocol::decode::Change;
use flagship_protocol::error::ErrorCode;
use flagship_protocol::ids::{HelpRequestId, ParticipantId, RoomId};
use flagship_protocol::limits;
use flagship_protocol::model::{ChatHistory, LateJoiners, Role, RoomState};
use flagship_protocol::moderation::GuestAssignment;

use super::allowed::outlives_end;
use super::reference::{Asked, Ears, Place, Reference, keeps_order};

pub(super) type Outcome = Result<(), ErrorCode>;

pub(super) fn refuse_if(wrong: bool, code: ErrorCode) -> Outcome {
    if wrong { Err(code) } else { Ok(()) }
}

impl Reference {
    /// Carries out a command of somebody who is there, in the entry `rev`. What a refusal leaves behind is undefined.
    pub(super) fn carry_out(&mut self, me: &ParticipantId, command: &Command, rev: u64) -> Outcome {
        refuse_if(self.ended && !outlives_end(command), ErrorCode::SessionEnded)?;
        refuse_if(!self.is_allowed(me, command), ErrorCode::Forbidden)?;
        match command {
            Command::JoinSession(_) | Command::UpdateProfile(_) => {}
            Command::LeaveSession(_) => self.depart(me),
            Command::UpdateSession(change) => self.update_session(change, rev)?,
            Command::EndSession(_) => {
                for room in self.by_age() {
                    if self.rooms[&room].state != RoomState::Closed {
                        self.close(&room, rev);
                    }
                }
                self.help.clear();
                (self.ended, self.version) = (true, rev);
            }
            Command::CreateRoom(CreateRoom {
                capacity, preparing, ..
            }) => {
                let state = if *preparing {
                    RoomState::Preparing
                } else {
                    RoomState::Open
                };
                let room = new_place(state, capacity.map(|capacity| capacity.get()), rev);
                self.rooms.insert(format!("r{rev}").parse().unwrap(), room);
            }
            Command::CreateRooms(create) => self.create_rooms(create, rev)?,
            Command::UpdateRoom(change) => self.update_room(change, rev)?,
            Command::CloseRoom(CloseRoom {
                room_id,
                expected_version,
            }) => {
                self.check_version(room_id, *expected_version)?;
                if self.rooms[room_id].state != RoomState::Closed {
                    self.close(room_id, rev);
                }
            }
            Command::DeleteRoom(DeleteRoom {
                room_id,
                expected_version,
            }) => {
                self.check_version(room_id, *expected_version)?;
                self.empty(room_id);
                self.nobody_waits_at(room_id);
                self.rooms.remove(room_id);
                let to = Ears::Room(room_id.clone());
                let gone = self.said.values_mut().filter(|words| words.to == to);
                gone.for_each(|words| words.heard_by.clear());
                self.guests.retain(|_, room| room != room_id);
                for person in self.people.values_mut() {
                    person.muted_in.remove(room_id);
                    person.assigned.take_if(|room| room == room_id);
                    person.previous.take_if(|room| room == room_id);
                }
            }
            Command::JoinRoom(JoinRoom {
                room_id,
                expected_room_id,
            }) => {
                self.check_place(me, expected_room_id.as_ref())?;
                if room_id.is_main() {
                    self.leave_room(me, None)?;
                } else {
                    self.walk_in(me, room_id)?;
                }
            }
            Command::LeaveRoom(LeaveRoom { room_id }) => self.leave_room(me, room_id.as_ref())?,
            Command::MoveParticipant(MoveParticipant {
                participant_id,
                room_id,
                expected_room_id,
            }) => {
                self.find(participant_id)?;
                self.check_place(participant_id, expected_room_id.as_ref())?;
                if room_id.is_main() {
                    self.go(participant_id, room_id);
                } else {
                    self.let_in(participant_id, room_id)?;
                }
            }
            Command::SwapParticipants(swap) => self.swap(swap)?,
            Command::Knock(Knock { room_id }) => {
                if let Some(room) = room_id {
                    self.check_open(room)?;
                    refuse_if(self.person(me).place == *room, ErrorCode::Invalid)?;
                }
                self.people.get_mut(me).unwrap().knocks_at = room_id.clone();
            }
            Command::AnswerKnock(AnswerKnock {
                participant_id,
                admit,
                room_id,
            }) => {
                self.find(participant_id)?;
                let knocked = self
                    .person(participant_id)
                    .knocks_at
                    .clone()
                    .filter(|knocked| room_id.as_ref().is_none_or(|meant| meant == knocked))
                    .ok_or(ErrorCode::NotKnocking)?;
                if *admit {
                    self.let_in(participant_id, &knocked)?;
                } else {
                    self.people.get_mut(participant_id).unwrap().knocks_at = None;
                }
            }
            Command::InviteParticipants(InviteParticipants {
                participant_ids,
                room_id,
            }) => {
                if let Some(room) = room_id {
                    self.check_open(room)?;
                }
                // Of several that are wrong, the first by its id is named.
                for who in participant_ids.iter().collect::<BTreeSet<_>>() {
                    self.find(who)?;
                    let person = self.people.get_mut(who).unwrap();
                    if Some(&person.place) != room_id.as_ref() {
                        person.invited = room_id.clone().map(|room| (room, false));
                    }
                }
            }
            Command::AnswerInvitation(AnswerInvitation { answer, room_id }) => {
                let invited = self.person(me).invited.clone();
                let (room, _) = invited
                    .filter(|(room, _)| room_id.as_ref().is_none_or(|meant| meant == room))
                    .ok_or(ErrorCode::NotInvited)?;
                match answer {
                    InvitationAnswer::Accept => self.let_in(me, &room)?,
                    InvitationAnswer::Later => self.people.get_mut(me).unwrap().invited = Some((room, true)),
                    InvitationAnswer::Decline => self.people.get_mut(me).unwrap().invited = None,
                }
            }
            Command::OpenRooms(open) => self.open_rooms(open, rev)?,
            Command::CloseRooms(CloseRooms {
                room_ids,
                countdown_ms,
                expected_versions,
            }) => {
                self.check_versions(expected_versions)?;
                let countdown = countdown_ms.map_or(self.countdown, |countdown| countdown.get());
                for id in self.rooms_or(room_ids, Reference::is_in_use)? {
                    let closes_at = self.clock + countdown;
                    let room = self.rooms.get_mut(&id).unwrap();
                    match room.state {
                        RoomState::Preparing | RoomState::Closed => {}
                        _ if countdown == 0 => self.close(&id, rev),
                        _ => {
                            (room.state, room.version) = (RoomState::Closing, rev);
                            (room.ends_at, room.closes_at) = (None, Some(closes_at));
                        }
                    }
                }
            }
            Command::SetTimer(SetTimer {
                room_ids,
                duration_ms,
                expected_versions,
            }) => {
                self.check_versions(expected_versions)?;
                let rooms = self.some_rooms_or(room_ids, |room| room.state == RoomState::Open)?;
                let ends_at = duration_ms.map(|duration| self.clock + duration.get());
                for id in rooms {
                    self.check_open(&id)?;
                    let room = self.rooms.get_mut(&id).unwrap();
                    if room.ends_at != ends_at {
                        (room.ends_at, room.version) = (ends_at, rev);
                    }
                }
            }
            Command::ExtendTimer(ExtendTimer {
                room_ids,
                by_ms,
                expected_versions,
            }) => {
                self.check_versions(expected_versions)?;
                let has_timer = |room: &Place| room.ends_at.is_some() || room.closes_at.is_some();
                for id in self.some_rooms_or(room_ids, has_timer)? {
                    let clock = self.clock;
                    let room = self.rooms.get_mut(&id).unwrap();
                    refuse_if(!has_timer(room), ErrorCode::NoTimer)?;
                    let ends_at = room.ends_at.unwrap_or(clock) + by_ms.get();
                    refuse_if(ends_at > clock + limits::TIMER_MAX_MS, ErrorCode::TimerTooLong)?;
                    (room.state, room.version) = (RoomState::Open, rev);
                    (room.ends_at, room.closes_at) = (Some(ends_at), None);
                }
            }
            Command::RecallRooms(RecallRooms {
                room_ids,
                expected_versions,
            }) => {
                self.check_versions(expected_versions)?;
                for id in self.rooms_or(room_ids, Reference::is_in_use)? {
                    self.empty(&id);
                }
            }
            Command::Assign(Assign { assignments }) => self.assign(assignments)?,
            Command::AssignGuests(AssignGuests { assignments }) => self.assign_guests(assignments)?,
            Command::RaiseHand(RaiseHand { raised }) => self.people.get_mut(me).unwrap().hand = *raised,
            Command::AskForHelp(ask) => {
                let is_known = |who: &ParticipantId| self.people.contains_key(who);
                let about = ask.about_participant_id.as_ref();
                refuse_if(about.is_some_and(|who| !is_known(who)), ErrorCode::ParticipantNotFound)?;
                if !self
                    .help
                    .values()
                    .any(|asked| asked.who == *me && asked.kind == ask.kind)
                {
                    let (who, kind, claimed_by) = (me.clone(), ask.kind, None);
                    let asked = Asked { who, kind, claimed_by };
                    self.help.insert(format!("h{rev}").parse().unwrap(), asked);
                }
            }
            Command::ClaimHelp(ClaimHelp { request_id }) => {
                let claimed_by = self.asked(request_id)?.claimed_by.clone();
                let comes = |by: &ParticipantId| self.person(by).joined && keeps_order(self.person(by).role);
                let is_taken = claimed_by.is_some_and(|by| by != *me && comes(&by));
                refuse_if(is_taken, ErrorCode::AlreadyClaimed)?;
                self.help.get_mut(request_id).unwrap().claimed_by = Some(me.clone());
            }
            Command::ResolveHelp(ResolveHelp { request_id }) => {
                self.asked(request_id)?;
                self.help.remove(request_id);
            }
            Command::CancelHelp(CancelHelp { request_id }) => {
                let is_mine = self.asked(request_id)?.who == *me;
                refuse_if(!is_mine, ErrorCode::HelpRequestNotFound)?;
                self.help.remove(request_id);
            }
            Command::SetRole(SetRole {
                participant_id,
                role,
                expected_role,
            }) => {
                self.find(participant_id)?;
                let has = self.person(participant_id).role;
                refuse_if(expected_role.is_some_and(|seen| seen != has), ErrorCode::Stale)?;
                let hosts = self.people.values().filter(|person| person.role == Role::Host).count();
                let is_last = hosts == 1 && self.person(participant_id).role == Role::Host && *role != Role::Host;
                refuse_if(is_last, ErrorCode::LastHost)?;
                self.give_role(participant_id, *role);
            }
            Command::HandOver(HandOver { participant_id }) => {
                self.find(participant_id)?;
                refuse_if(participant_id == me, ErrorCode::Invalid)?;
                self.give_role(participant_id, Role::Host);
                self.give_role(me, Role::Moderator);
            }
            Command::MuteParticipant(MuteParticipant { participant_id, muted }) => {
                self.find(participant_id)?;
                self.mute(me, participant_id, *muted)?;
            }
            Command::RemoveParticipant(RemoveParticipant { participant_id }) => {
                self.find(participant_id)?;
                refuse_if(self.person(participant_id).role == Role::Host, ErrorCode::Forbidden)?;
                self.put_out(participant_id, rev);
            }
            Command::BanParticipant(BanParticipant { participant_id }) => {
                refuse_if(
                    !self.people.contains_key(participant_id),
                    ErrorCode::ParticipantNotFound,
                )?;
                refuse_if(self.person(participant_id).role == Role::Host, ErrorCode::Forbidden)?;
                if !self.banned.contains(participant_id) {
                    self.put_out(participant_id, rev);
                }
                self.banned.insert(participant_id.clone());
            }
            Command::UnbanParticipant(UnbanParticipant { participant_id }) => {
                refuse_if(
                    !self.people.contains_key(participant_id),
                    ErrorCode::ParticipantNotFound,
                )?;
                if self.banned.remove(participant_id) && self.ended {
                    self.people.get_mut(participant_id).unwrap().sent_out = false;
                }
            }
            Command::SendMessage(send) => self.say(me, send, rev)?,
            Command::Broadcast(broadcast) => self.broadcast(me, broadcast, rev)?,
            Command::SendDirectMessage(send) => self.say_directly(me, send, rev)?,
            Command::EditMessage(edit) => self.edit(me, edit)?,
            Command::DeleteMessage(delete) => self.take_back(me, &delete.message_id)?,
            Command::ReactToMessage(react) => self.react(me, react)?,
        }
        Ok(())
    }

    pub(super) fn is_in_use(room: &Place) -> bool {
        matches!(room.state, RoomState::Open | RoomState::Closing)
    }

    pub(super) fn find(&self, who: &ParticipantId) -> Outcome {
        let is_there = self.people.get(who).is_some_and(|person| person.joined);
        refuse_if(!is_there && self.banned.contains(who), ErrorCode::ParticipantBanned)?;
        refuse_if(!is_there, ErrorCode::ParticipantNotFound)
    }

    pub(super) fn room(&self, id: &RoomId) -> Result<&Place, ErrorCode> {
        refuse_if(id.is_main(), ErrorCode::Forbidden)?;
        self.rooms.get(id).ok_or(ErrorCode::RoomNotFound)
    }

    fn check_open(&self, id: &RoomId) -> Outcome {
        refuse_if(self.room(id)?.state != RoomState::Open, ErrorCode::RoomClosed)
    }

    fn check_version(&self, id: &RoomId, seen: Option<u64>) -> Outcome {
        let version = self.room(id)?.version;
        refuse_if(seen.is_some_and(|seen| seen != version), ErrorCode::Stale)
    }

    fn check_versions(&self, seen: &Versions) -> Outcome {
        seen.iter()
            .try_for_each(|(id, version)| self.check_version(id, Some(*version)))
    }

    fn asked(&self, id: &HelpRequestId) -> Result<&Asked, ErrorCode> {
        self.help.get(id).ok_or(ErrorCode::HelpRequestNotFound)
    }

    /// The rooms that are named, or all that fit.
    fn rooms_or(&self, named: &Option<Vec<RoomId>>, fits: impl Fn(&Place) -> bool) -> Result<Vec<RoomId>, ErrorCode> {
        for id in named.iter().flatten() {
            self.room(id)?;
        }
        let mut rooms = self.by_age();
        rooms.retain(|id| match named {
            Some(named) => named.contains(id),
            None => fits(&self.rooms[id]),
        });
        Ok(rooms)
    }

    fn some_rooms_or(
        &self,
        named: &Option<Vec<RoomId>>,
        fits: impl Fn(&Place) -> bool,
    ) -> Result<Vec<RoomId>, ErrorCode> {
        let rooms = self.rooms_or(named, fits)?;
        refuse_if(rooms.is_empty(), ErrorCode::NoRooms)?;
        Ok(rooms)
    }

    fn give_role(&mut self, who: &ParticipantId, role: Role) {
        let person = self.people.get_mut(who).unwrap();
        person.role = role;
        if keeps_order(role) {
            (person.muted, person.muted_in) = (None, BTreeSet::new());
        }
    }

    fn update_session(&mut self, change: &UpdateSession, rev: u64) -> Outcome {
        let seen = change.expected_version;
        refuse_if(seen.is_some_and(|seen| seen != self.version), ErrorCode::Stale)?;
        let before = self.clone();
        self.locked = change.locked.unwrap_or(self.locked);
        self.self_select = change.self_select.unwrap_or(self.self_select);
        self.return_allowed = change.return_allowed.unwrap_or(self.return_allowed);
        self.countdown = change.countdown_ms.map_or(self.countdown, |countdown| countdown.get());
        self.late = change.late_joiners.unwrap_or(self.late);
        self.tells_round = change
            .chat_history
            .map_or(self.tells_round, |history| history == ChatHistory::Round);
        self.slow = change
            .slow_mode_ms
            .apply(None)
            .map(|pause| pause.get())
            .or(match change.slow_mode_ms {
                Change::Keep => self.slow,
                _ => None,
            });
        if *self != before {
            self.version = rev;
        }
        Ok(())
    }

    fn create_rooms(&mut self, create: &CreateRooms, rev: u64) -> Outcome {
        refuse_if(create.rooms.is_empty(), ErrorCode::NoRooms)?;
        let mut seats = Vec::new();
        for (new, number) in create.rooms.iter().zip(1..) {
            let id: RoomId = format!("r{rev}-{number}").parse().unwrap();
            let capacity = new.capacity.map(|capacity| capacity.get());
            let is_too_small = capacity.is_some_and(|capacity| new.guests.len() as u64 > capacity);
            refuse_if(is_too_small, ErrorCode::TooMany)?;
            self.rooms
                .insert(id.clone(), new_place(RoomState::Preparing, capacity, rev));
            let room_id = Some(id);
            seats.extend(new.guests.iter().cloned().map(|key| GuestAssignment {
                key,
                room_id: room_id.clone(),
            }));
        }
        self.assign_guests(&seats)
    }

    fn update_room(&mut self, change: &UpdateRoom, rev: u64) -> Outcome {
        self.check_version(&change.room_id, change.expected_version)?;
        let present = self.present(&change.room_id) as u64;
        let facilitators = change.facilitator_ids.iter().flatten();
        let is_unknown = facilitators.clone().any(|who| !self.people.contains_key(who));
        let room = self.rooms.get_mut(&change.room_id).unwrap();
        let before = room.clone();
        match change.capacity {
            Change::Keep => {}
            Change::Clear => room.capacity = None,
            Change::Set(capacity) => {
                refuse_if(present > capacity.get(), ErrorCode::CapacityTooLow)?;
                room.capacity = Some(capacity.get());
            }
        }
        refuse_if(is_unknown, ErrorCode::ParticipantNotFound)?;
        if change.facilitator_ids.is_some() {
            room.facilitators = facilitators.cloned().collect();
        }
        room.locked = change.locked.unwrap_or(room.locked);
        match change.slow_mode_ms {
            Change::Keep => {}
            Change::Clear => room.slow = None,
            Change::Set(pause) => room.slow = Some(pause.get()),
        }
        if *room != before {
            room.version = rev;
        }
        Ok(())
    }

    fn walk_in(&mut self, me: &ParticipantId, id: &RoomId) -> Outcome {
        self.check_open(id)?;
        let (person, room) = (self.person(me), &self.rooms[id]);
        let is_at_home = person.place == *id || keeps_order(person.role) || room.facilitators.contains(me);
        if !is_at_home {
            let is_invited = person.invited.as_ref().is_some_and(|(invited, _)| invited == id);
            refuse_if(room.locked && !is_invited, ErrorCode::RoomLocked)?;
            let may_choose = self.self_select || (self.late == LateJoiners::Choose && person.assigned.is_none());
            let is_theirs = is_invited || person.assigned.as_ref() == Some(id);
            refuse_if(!may_choose && !is_theirs, ErrorCode::Forbidden)?;
            refuse_if(!self.has_space(id), ErrorCode::RoomFull)?;
        }
        self.go(me, id);
        Ok(())
    }

    fn leave_room(&mut self, me: &ParticipantId, from: Option<&RoomId>) -> Outcome {
        let person = self.person(me);
        refuse_if(from.is_some_and(|from| *from != person.place), ErrorCode::NotInRoom)?;
        let may_return = self.return_allowed || keeps_order(person.role) || person.place.is_main();
        refuse_if(!may_return, ErrorCode::Forbidden)?;
        self.go(me, &RoomId::main());
        Ok(())
    }

    /// Somebody is let in, locked or not.
    fn let_in(&mut self, who: &ParticipantId, room: &RoomId) -> Outcome {
        self.check_open(room)?;
        let is_new = self.person(who).place != *room;
        refuse_if(is_new && !self.has_space(room), ErrorCode::RoomFull)?;
        self.go(who, room);
        Ok(())
    }

    /// Whether somebody is where they were seen.
    fn check_place(&self, who: &ParticipantId, expected: Option<&RoomId>) -> Outcome {
        refuse_if(
            expected.is_some_and(|seen| *seen != self.person(who).place),
            ErrorCode::Stale,
        )
    }

    fn swap(&mut self, swap: &SwapParticipants) -> Outcome {
        let (one, other) = (&swap.participant_id, &swap.other_participant_id);
        self.find(one)?;
        self.find(other)?;
        refuse_if(one == other, ErrorCode::Invalid)?;
        for (who, expected) in [(one, &swap.expected), (other, &swap.other_expected)] {
            let Some(seen) = expected else { continue };
            self.check_place(who, Some(&seen.room_id))?;
            let is_elsewhere = seen.assigned_room_id != self.person(who).assigned;
            refuse_if(is_elsewhere, ErrorCode::Stale)?;
        }
        let (first, second) = (self.person(one).clone(), self.person(other).clone());
        if first.place != second.place {
            for room in [&first.place, &second.place].into_iter().filter(|room| !room.is_main()) {
                self.check_open(room)?;
            }
        }
        self.people.get_mut(one).unwrap().assigned = second.assigned;
        self.people.get_mut(other).unwrap().assigned = first.assigned;
        self.go(one, &second.place);
        self.go(other, &first.place);
        Ok(())
    }

    fn open_rooms(&mut self, open: &OpenRooms, rev: u64) -> Outcome {
        self.check_versions(&open.expected_versions)?;
        let rooms = self.some_rooms_or(&open.room_ids, |_| true)?;
        let comes_alone = self.self_select || matches!(self.late, LateJoiners::Choose | LateJoiners::Smallest);
        let concerned = |person: &super::reference::Person| {
            rooms
                .iter()
                .any(|id| person.place == *id || person.assigned.as_ref() == Some(id))
        };
        let mut people = self.people.iter().filter(|(id, _)| !self.banned.contains(*id));
        let is_for_somebody =
            people.any(|(_, person)| concerned(person)) || self.guests.values().any(|room| rooms.contains(room));
        if !comes_alone && !is_for_somebody {
            return Err(ErrorCode::NobodyAssigned);
        }
        if open.room_ids.is_none() && !self.rooms.values().any(Reference::is_in_use) {
            (self.round, self.version) = (self.round + 1, rev);
        }
        let ends_at = open.duration_ms.map(|duration| self.clock + duration.get());
        // How many a room takes is counted before anybody moves.
        let before = self.clone();
        for id in rooms {
            let last = self.said.iter().rev();
            let last = last
                .filter(|(_, words)| words.to == Ears::Room(id.clone()))
                .map(|(number, _)| *number)
                .next();
            let room = self.rooms.get_mut(&id).unwrap();
            if !Reference::is_in_use(room) {
                room.opened_after = last.unwrap_or(0);
            }
            let ends_at = ends_at.or(room.ends_at);
            if room.state != RoomState::Open || room.ends_at != ends_at {
                room.version = rev;
            }
            (room.state, room.ends_at, room.closes_at) = (RoomState::Open, ends_at, None);
            if before.rooms[&id].state == RoomState::Open {
                continue;
            }
            let capacity = before.rooms[&id]
                .capacity
                .map_or(usize::MAX, |capacity| capacity as usize);
            let space = capacity.saturating_sub(before.present(&id));
            let comes = |person: &super::reference::Person| {
                person.joined && person.assigned.as_ref() == Some(&id) && person.place != id
            };
            let coming = self.people.iter().filter(|(_, person)| comes(person));
            let coming: Vec<ParticipantId> = coming.map(|(who, _)| who.clone()).take(space).collect();
            for who in coming {
                self.go(&who, &id);
            }
        }
        Ok(())
    }
}

fn new_place(state: RoomState, capacity: Option<u64>, version: u64) -> Place {
    Place {
        state,
        locked: false,
        capacity,
        ends_at: None,
        closes_at: None,
        facilitators: BTreeSet::new(),
        slow: None,
        version,
        visitors: BTreeSet::new(),
        opened_after: 0,
    }
}
