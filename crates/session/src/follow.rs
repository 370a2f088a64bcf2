//! Which streams somebody follows.

use flagship_protocol::frames::Positions;
use flagship_protocol::ids::{ParticipantId, RoomId, StreamId};
use flagship_protocol::moderation::{BannedParticipant, GuestAssignment, HelpRequest, Moderation, Own, Profile};

use crate::permissions;
use crate::state::State;

impl State {
    /// The session's stream, what is said in `main` and in the room they are in, what is for them alone, and what is
    /// for moderators if they are one.
    ///
    /// `main` stays with everyone: what a host says to all must reach the rooms too.
    pub fn followed(&self, who: &ParticipantId) -> Vec<StreamId> {
        let mut streams = vec![
            StreamId::Session,
            StreamId::Room(RoomId::main()),
            StreamId::Participant(who.clone()),
        ];
        if self.hears_moderators(who) {
            streams.push(StreamId::Moderators);
        }
        if let Some(participant) = self.participant(who)
            && !participant.room_id.is_main()
        {
            streams.push(StreamId::Room(participant.room_id.clone()));
        }
        streams
    }

    /// Whether somebody follows a stream.
    pub fn follows(&self, who: &ParticipantId, stream: &StreamId) -> bool {
        match stream {
            StreamId::Session => true,
            StreamId::Room(room) if room.is_main() => true,
            StreamId::Room(room) => self
                .participant(who)
                .is_some_and(|participant| participant.room_id == *room),
            StreamId::Moderators => self.hears_moderators(who),
            StreamId::Participant(id) => id == who,
        }
    }

    /// Whether two members may write to each other alone, as far as their roles go.
    pub fn may_talk(&self, who: &ParticipantId, other: &ParticipantId) -> bool {
        let member = |id| self.members.get(id).map(|member| &member.participant);
        match (member(who), member(other)) {
            (Some(me), Some(other)) => me.id != other.id && permissions::check_direct(me, other).is_ok(),
            _ => false,
        }
    }

    /// Whether somebody may know what is for hosts and moderators.
    fn hears_moderators(&self, who: &ParticipantId) -> bool {
        permissions::keeps_order(self.acting_role(who))
    }

    /// Returns whether a participant may read the text of a request for help: its author and moderators may.
    pub(crate) fn may_read_help(&self, who: &ParticipantId, request: &HelpRequest) -> bool {
        request.participant_id == *who || self.hears_moderators(who)
    }

    /// The followed streams with their last `seq`.
    pub fn positions(&self, who: &ParticipantId) -> Positions {
        self.followed(who)
            .into_iter()
            .map(|stream| {
                let head = self.head(&stream);
                (stream, head)
            })
            .collect()
    }

    /// What only hosts and moderators know; `None` for others.
    pub fn moderation(&self, who: &ParticipantId) -> Option<Moderation> {
        self.hears_moderators(who).then(|| Moderation {
            help: self.help_queue().into_iter().cloned().collect(),
            guests: self.expected_guests(),
            profiles: self
                .members
                .iter()
                .filter(|(_, member)| member.profile != Profile::default())
                .map(|(id, member)| (id.clone(), member.profile.clone()))
                .collect(),
            banned: self
                .banned
                .iter()
                .filter_map(|id| self.members.get(id))
                .map(|member| BannedParticipant {
                    id: member.participant.id.clone(),
                    alias: member.participant.alias.clone(),
                })
                .collect(),
        })
    }

    /// Who is expected, by key.
    pub(crate) fn expected_guests(&self) -> Vec<GuestAssignment> {
        let guests = self.guests.iter().map(|(key, room)| GuestAssignment {
            key: key.clone(),
            room_id: Some(room.clone()),
        });
        guests.collect()
    }

    /// What only one person knows, but for direct messages, which are in the journal.
    pub fn own(&self, who: &ParticipantId) -> Own {
        let help = self.help_queue().into_iter();
        Own {
            help: help.filter(|request| request.participant_id == *who).cloned().collect(),
            profile: self
                .members
                .get(who)
                .map(|member| member.profile.clone())
                .unwrap_or_default(),
            direct_messages: Vec::new(),
        }
    }

    /// Open requests for help: alerts first, then by when they were made.
    fn help_queue(&self) -> Vec<&HelpRequest> {
        let mut queue: Vec<&HelpRequest> = self.help.values().collect();
        queue.sort_by_key(|request| (request.kind, request.asked_at, request.id.as_str().len(), &request.id));
        queue
    }
}
