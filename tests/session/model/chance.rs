//! Random commands, by a number that repeats them.

use flagship_protocol::commands::*;
use flagship_protocol::decode::Change;
use flagship_protocol::ids::{MessageId, ParticipantId, RoomId};
use flagship_protocol::model::{ChatHistory, LateJoiners, Role};
use flagship_protocol::moderation::{GuestAssignment, HelpKind};
use flagship_protocol::number::{Capacity, CountdownMs, SlowModeMs, TimerMs};

use super::reference::Reference;

/// Everybody. `ada` is host from the start.
pub(super) const PEOPLE: [&str; 7] = ["ada", "grace", "linus", "barbara", "ken", "edsger", "mallory"];

/// Numbers that look random (SplitMix64).
pub(super) struct Chance(pub(super) u64);

impl Chance {
    /// A number below `end`.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % end
    }

    /// True once in `times`.
    pub(super) fn one_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    pub(super) fn of<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len() as u64) as usize].clone()
    }

    fn maybe<T>(&mut self, some: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.one_in(2) { Some(some(self)) } else { None }
    }

    fn change<T>(&mut self, some: impl FnOnce(&mut Self) -> T) -> Change<T> {
        match self.below(3) {
            0 => Change::Keep,
            1 => Change::Clear,
            _ => Change::Set(some(self)),
        }
    }

    fn person(&mut self) -> ParticipantId {
        let name = if self.one_in(40) { "nobody" } else { self.of(&PEOPLE) };
        name.parse().unwrap()
    }

    fn people(&mut self) -> Vec<ParticipantId> {
        (0..self.below(4)).map(|_| self.person()).collect()
    }

    fn room(&mut self, reference: &Reference) -> RoomId {
        let rooms = reference.by_age();
        match self.below(30) {
            0 => "nowhere".parse().unwrap(),
            1 => RoomId::main(),
            _ if rooms.is_empty() => RoomId::main(),
            _ => self.of(&rooms),
        }
    }

    /// One of the last messages, mostly.
    fn message(&mut self, reference: &Reference) -> MessageId {
        let ids: Vec<_> = reference.said.keys().rev().take(8).copied().collect();
        match self.below(20) {
            0 => "m0".parse().unwrap(),
            _ if ids.is_empty() => "m1".parse().unwrap(),
            _ => MessageId::of_rev(self.of(&ids)),
        }
    }

    fn mentions(&mut self) -> Vec<ParticipantId> {
        if self.one_in(4) { self.people() } else { vec![] }
    }

    fn rooms(&mut self, reference: &Reference) -> Option<Vec<RoomId>> {
        self.maybe(|chance| (0..chance.below(3)).map(|_| chance.room(reference)).collect())
    }

    /// What somebody saw of a few rooms: mostly what is, sometimes what was.
    fn versions(&mut self, reference: &Reference) -> Versions {
        let count = if self.one_in(3) { self.below(3) } else { 0 };
        let mut seen = Versions::new();
        for _ in 0..count {
            let room = self.room(reference);
            if let Some(place) = reference.rooms.get(&room) {
                let age = u64::from(self.one_in(4));
                seen.insert(room, place.version.saturating_sub(age));
            }
        }
        seen
    }

    /// Where somebody was seen, if that was looked at: mostly where they are.
    fn place(&mut self, who: &ParticipantId, reference: &Reference) -> Option<RoomId> {
        if !self.one_in(3) {
            return None;
        }
        let guess = self.room(reference);
        let place = reference.people.get(who).map(|person| person.place.clone());
        if self.one_in(4) { Some(guess) } else { place }
    }

    /// Where somebody was seen: not at all, where they are, or elsewhere.
    fn seen(&mut self, who: &ParticipantId, reference: &Reference) -> Option<SeenPlace> {
        let assigned = reference.people.get(who).and_then(|person| person.assigned.clone());
        let guess = self.maybe(|chance| chance.room(reference));
        let assigned_room_id = if self.one_in(4) { guess } else { assigned };
        self.place(who, reference).map(|room_id| SeenPlace {
            room_id,
            assigned_room_id,
        })
    }

    fn capacity(&mut self) -> Option<Capacity> {
        Capacity::new(self.below(4))
    }

    fn timer(&mut self) -> TimerMs {
        let longest = if self.one_in(10) { 86_400_000 } else { 400_000 };
        TimerMs::new(1_000 + self.below(longest - 1_000)).unwrap()
    }

    fn slow(&mut self) -> SlowModeMs {
        SlowModeMs::new(1_000 + self.below(20_000)).unwrap()
    }

    /// The version that somebody saw: none, this one or another one.
    fn version(&mut self, now: Option<u64>) -> Option<u64> {
        match self.below(4) {
            0 => now,
            1 => now.map(|now| now.saturating_sub(1)),
            _ => None,
        }
    }

    fn guests(&mut self, reference: &Reference) -> Vec<GuestAssignment> {
        let mut guests = Vec::new();
        for _ in 0..=self.below(3) {
            let name = self.of(&PEOPLE);
            let key = if self.one_in(2) {
                format!("{name}@x.org")
            } else {
                name.to_owned()
            };
            let room_id = if self.one_in(5) {
                None
            } else {
                Some(self.room(reference))
            };
            guests.push(GuestAssignment {
                key: key.parse().unwrap(),
                room_id,
            });
        }
        guests
    }

    fn assignments(&mut self, reference: &Reference) -> Vec<Assignment> {
        let assignment = |chance: &mut Self| Assignment {
            participant_id: chance.person(),
            room_id: if chance.one_in(6) {
                None
            } else {
                Some(chance.room(reference))
            },
            expected_room_id: if chance.one_in(6) {
                chance.change(|chance| chance.room(reference))
            } else {
                Change::Keep
            },
            expected_location_id: if chance.one_in(6) {
                Some(chance.room(reference))
            } else {
                None
            },
        };
        (0..=self.below(4)).map(|_| assignment(self)).collect()
    }

    /// Any command of `me`, most of them about what is there.
    pub(super) fn command(&mut self, reference: &Reference, me: &str) -> Command {
        let requests: Vec<_> = reference.help.keys().cloned().collect();
        let mut request_id = || {
            let unknown = "h0".parse().unwrap();
            if requests.is_empty() {
                unknown
            } else {
                self.of(&requests)
            }
        };
        let request_id = request_id();
        let (participant_id, room_id) = (self.person(), self.room(reference));
        let seen = reference.rooms.get(&room_id).map(|room| room.version);
        let expected_version = self.version(seen);
        let content = "hello".parse().unwrap();
        let kind = *CommandKind::ALL
            .get(self.below(CommandKind::ALL.len() as u64) as usize)
            .unwrap();
        match kind {
            CommandKind::JoinSession => JoinSession {}.into(),
            CommandKind::LeaveSession => LeaveSession {}.into(),
            CommandKind::UpdateSession => UpdateSession {
                title: None,
                // From the number as it is: another one would make other runs of the seeds that are kept.
                chat_history: [None, Some(ChatHistory::Stay), Some(ChatHistory::Round), None]
                    [(self.0 >> 9) as usize % 4],
                locked: self.maybe(|chance| chance.one_in(4)),
                self_select: self.maybe(|chance| chance.one_in(2)),
                return_allowed: self.maybe(|chance| chance.one_in(2)),
                countdown_ms: self.maybe(|chance| CountdownMs::new(chance.below(30_000)).unwrap()),
                late_joiners: self.maybe(|chance| {
                    use LateJoiners::*;
                    chance.of(&[Hold, Smallest, Previous, Choose])
                }),
                slow_mode_ms: self.change(Self::slow),
                recording: None,
                expected_version: self.version(Some(reference.version)),
            }
            .into(),
            // The end leaves nothing to do: it comes at the end of a run.
            CommandKind::EndSession => JoinSession {}.into(),
            CommandKind::CreateRoom => CreateRoom {
                name: "Room".parse().unwrap(),
                capacity: self.capacity(),
                preparing: self.one_in(2),
            }
            .into(),
            CommandKind::CreateRooms => {
                let room = |chance: &mut Self| NewRoom {
                    name: "Room".parse().unwrap(),
                    capacity: chance.capacity(),
                    guests: chance.guests(reference).into_iter().map(|guest| guest.key).collect(),
                };
                let rooms = (0..self.below(3)).map(|_| room(self)).collect();
                CreateRooms {
                    rooms,
                    template_id: None,
                }
                .into()
            }
            CommandKind::UpdateRoom => UpdateRoom {
                room_id,
                name: None,
                capacity: self.capacity().map_or(Change::Clear, Change::Set),
                locked: self.maybe(|chance| chance.one_in(3)),
                facilitator_ids: self.maybe(Self::people),
                slow_mode_ms: self.change(Self::slow),
                expected_version,
            }
            .into(),
            CommandKind::CloseRoom => CloseRoom {
                room_id,
                expected_version,
            }
            .into(),
            CommandKind::DeleteRoom => DeleteRoom {
                room_id,
                expected_version,
            }
            .into(),
            CommandKind::JoinRoom => JoinRoom {
                room_id,
                expected_room_id: self.place(&me.parse().unwrap(), reference),
            }
            .into(),
            CommandKind::LeaveRoom => LeaveRoom {
                room_id: self.maybe(|_| room_id),
            }
            .into(),
            CommandKind::MoveParticipant => MoveParticipant {
                expected_room_id: self.place(&participant_id, reference),
                participant_id,
                room_id,
            }
            .into(),
            CommandKind::SwapParticipants => {
                let other_participant_id = self.person();
                SwapParticipants {
                    expected: self.seen(&participant_id, reference),
                    other_expected: self.seen(&other_participant_id, reference),
                    participant_id,
                    other_participant_id,
                }
                .into()
            }
            CommandKind::Knock => Knock {
                room_id: self.maybe(|_| room_id),
            }
            .into(),
            CommandKind::AnswerKnock => AnswerKnock {
                participant_id,
                admit: !self.one_in(4),
                room_id: if self.one_in(4) { Some(room_id) } else { None },
            }
            .into(),
            CommandKind::InviteParticipants => InviteParticipants {
                participant_ids: self.people(),
                room_id: if self.one_in(5) { None } else { Some(room_id) },
            }
            .into(),
            CommandKind::AnswerInvitation => {
                use InvitationAnswer::*;
                let answer = self.of(&[Accept, Later, Decline]);
                let room_id = if self.one_in(4) { Some(room_id) } else { None };
                AnswerInvitation { answer, room_id }.into()
            }
            CommandKind::OpenRooms => OpenRooms {
                room_ids: self.rooms(reference),
                duration_ms: self.maybe(Self::timer),
                expected_versions: self.versions(reference),
            }
            .into(),
            CommandKind::CloseRooms => {
                let longest = self.of(&[1, 60_000]);
                let countdown_ms = self.maybe(|chance| CountdownMs::new(chance.below(longest)).unwrap());
                CloseRooms {
                    room_ids: self.rooms(reference),
                    countdown_ms,
                    expected_versions: self.versions(reference),
                }
                .into()
            }
            CommandKind::SetTimer => SetTimer {
                room_ids: self.rooms(reference),
                duration_ms: self.maybe(Self::timer),
                expected_versions: self.versions(reference),
            }
            .into(),
            CommandKind::ExtendTimer => ExtendTimer {
                room_ids: self.rooms(reference),
                by_ms: self.timer(),
                expected_versions: self.versions(reference),
            }
            .into(),
            CommandKind::RecallRooms => RecallRooms {
                room_ids: self.rooms(reference),
                expected_versions: self.versions(reference),
            }
            .into(),
            CommandKind::Assign => Assign {
                assignments: self.assignments(reference),
            }
            .into(),
            CommandKind::AssignGuests => AssignGuests {
                assignments: self.guests(reference),
            }
            .into(),
            CommandKind::RaiseHand => RaiseHand { raised: self.one_in(2) }.into(),
            CommandKind::AskForHelp => AskForHelp {
                kind: self.of(&[HelpKind::Alert, HelpKind::Help]),
                text: self.maybe(|_| format!("secret of {me}").parse().unwrap()),
                about_participant_id: self.maybe(|_| participant_id),
            }
            .into(),
            CommandKind::ClaimHelp => ClaimHelp { request_id }.into(),
            CommandKind::ResolveHelp => ResolveHelp { request_id }.into(),
            CommandKind::CancelHelp => CancelHelp { request_id }.into(),
            CommandKind::UpdateProfile => UpdateProfile {
                alias: None,
                about: self.change(|_| format!("secret of {me}").parse().unwrap()),
                tags: None,
            }
            .into(),
            CommandKind::SetRole => {
                let role = self.of(&Role::ALL);
                SetRole {
                    participant_id,
                    role,
                    expected_role: self.maybe(|chance| chance.of(&Role::ALL)),
                }
                .into()
            }
            CommandKind::HandOver => HandOver { participant_id }.into(),
            CommandKind::MuteParticipant => MuteParticipant {
                participant_id,
                muted: self.one_in(2),
            }
            .into(),
            CommandKind::RemoveParticipant => RemoveParticipant { participant_id }.into(),
            // Seldom: who is banned cannot do much.
            CommandKind::BanParticipant if self.one_in(4) => BanParticipant { participant_id }.into(),
            CommandKind::BanParticipant | CommandKind::UnbanParticipant => UnbanParticipant { participant_id }.into(),
            CommandKind::SendMessage => SendMessage {
                room_id,
                content,
                reply_to: if self.one_in(3) {
                    Some(self.message(reference))
                } else {
                    None
                },
                mentions: self.mentions(),
                // Before everything that happened, and after it.
                seen_session: self.maybe(|chance| chance.of(&[0, u64::MAX])),
            }
            .into(),
            CommandKind::SendDirectMessage => SendDirectMessage {
                participant_id,
                content: "hello".parse().unwrap(),
                reply_to: self.maybe(|chance| chance.message(reference)),
            }
            .into(),
            CommandKind::EditMessage => EditMessage {
                message_id: self.message(reference),
                content: self.of(&["hello", "hello again"]).parse().unwrap(),
                mentions: self.mentions(),
            }
            .into(),
            CommandKind::DeleteMessage => DeleteMessage {
                message_id: self.message(reference),
            }
            .into(),
            CommandKind::ReactToMessage => ReactToMessage {
                message_id: self.message(reference),
                emoji: self.of(&["👍", "🎉"]).parse().unwrap(),
                added: !self.one_in(3),
            }
            .into(),
            CommandKind::Broadcast => Broadcast {
                room_ids: self.rooms(reference),
                content,
            }
            .into(),
        }
    }
}
