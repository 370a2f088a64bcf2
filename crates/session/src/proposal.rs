//! Works out who could go where, with the assignment library, from what the session knows.

use std::collections::{BTreeMap, BTreeSet};

use flagship_assignment::{Meetings, Proposal, Request, Shortage, Strategy, assign, meetings};
use flagship_protocol::commands::Assignment;
use flagship_protocol::decode::Change;
use flagship_protocol::http::{AssignmentProposal, AssignmentStrategy, Debrief, MatchedBy, ProposalRequest};
use flagship_protocol::ids::{ParticipantId, RoomId};
use flagship_protocol::model::SessionState;

use crate::permissions;
use crate::rejection::Rejection;
use crate::state::{Actor, State};

impl State {
    /// Whether somebody may ask for a proposal: whoever may assign. To be asked before `history` is gathered, which
    /// reads the whole journal.
    ///
    /// # Errors
    /// [`Rejection::Forbidden`], [`Rejection::SessionEnded`], or why they may not enter.
    pub fn may_propose(&self, actor: &Actor) -> Result<(), Rejection> {
        self.may_enter(&actor.id)?;
        if self.info.state == SessionState::Ended {
            return Err(Rejection::SessionEnded);
        }
        self.check_moderation(&actor.id)
    }

    /// Who could go where. `history` has who met in earlier rounds, oldest first; see [`history`].
    ///
    /// # Errors
    /// [`Rejection::Forbidden`] for those who may not assign, [`Rejection::NoRooms`], unknown people and rooms, and
    /// [`Rejection::NoAssignment`] with the rules that cannot be kept.
    pub fn propose(
        &self,
        actor: &Actor,
        asked: &ProposalRequest,
        history: Vec<Meetings<ParticipantId>>,
    ) -> Result<AssignmentProposal, Rejection> {
        self.may_propose(actor)?;
        let rooms = self.rooms_for(asked.room_ids.as_deref())?;
        if rooms.is_empty() {
            return Err(Rejection::NoRooms);
        }
        let seed = asked.seed.unwrap_or_else(|| self.own_seed());
        let groups =
            |groups: &[Vec<ParticipantId>]| groups.iter().map(|group| group.iter().cloned().collect()).collect();
        let request = Request {
            people: self.people_for(asked)?,
            rooms,
            together: groups(&asked.together),
            apart: groups(&asked.apart),
            fixed: BTreeMap::new(),
            history: if asked.avoid_repeats { history } else { Vec::new() },
            shortage: Shortage::LeaveUnplaced,
            seed: seed.into(),
        };
        let strategy = match asked.strategy {
            AssignmentStrategy::Random => Strategy::Random,
            AssignmentStrategy::Balanced => Strategy::Balanced,
            AssignmentStrategy::Alike => Strategy::Alike,
            AssignmentStrategy::Mixed => Strategy::Mixed,
        };
        let proposal = assign(&request, &strategy).map_err(|refusal| Rejection::NoAssignment(refusal.to_string()))?;
        Ok(self.answer(proposal, seed))
    }

    /// What the people of a proposal wrote about themselves, by person, and how many rooms they go to.
    ///
    /// # Errors
    /// As [`Self::propose`].
    pub fn texts(
        &self,
        actor: &Actor,
        asked: &ProposalRequest,
    ) -> Result<(BTreeMap<ParticipantId, String>, usize), Rejection> {
        self.may_propose(actor)?;
        let rooms = self.rooms_for(asked.room_ids.as_deref())?.len();
        let about = |id: ParticipantId| {
            let about = self.members.get(&id)?.profile.about.as_ref()?.to_string();
            Some((id, about))
        };
        let people = self.people_for(asked)?.into_keys();
        Ok((people.filter_map(about).collect(), rooms))
    }

    fn rooms_for(&self, named: Option<&[RoomId]>) -> Result<BTreeMap<RoomId, Option<u32>>, Rejection> {
        let rooms = match named {
            Some(named) => named.iter().map(|id| self.room(id)).collect::<Result<Vec<_>, _>>()?,
            None => self.rooms_by_age(),
        };
        let capacity = |room: &flagship_protocol::model::Room| {
            room.capacity
                .map(|capacity| u32::try_from(capacity.get()).unwrap_or(u32::MAX))
        };
        Ok(rooms
            .into_iter()
            .map(|room| (room.id.clone(), capacity(room)))
            .collect())
    }

    fn people_for(&self, asked: &ProposalRequest) -> Result<BTreeMap<ParticipantId, BTreeSet<String>>, Rejection> {
        let people: Vec<ParticipantId> = match &asked.participant_ids {
            Some(named) => {
                let unknown = named.iter().find(|id| !self.members.contains_key(*id));
                if let Some(unknown) = unknown {
                    return Err(Rejection::ParticipantNotFound(unknown.clone()));
                }
                named.clone()
            }
            None => {
                let guests = self
                    .participants()
                    .filter(|participant| !permissions::keeps_order(participant.role));
                guests.map(|participant| participant.id.clone()).collect()
            }
        };
        let own = |id: &ParticipantId| -> BTreeSet<String> {
            let member = self.members.get(id);
            let tags = member.into_iter().flat_map(|member| &member.profile.tags);
            tags.map(ToString::to_string).collect()
        };
        let tags = |id: &ParticipantId| match asked.tags.get(id) {
            Some(tags) => tags.iter().cloned().collect(),
            None => own(id),
        };
        Ok(people.into_iter().map(|id| (id.clone(), tags(&id))).collect())
    }

    fn answer(&self, proposal: Proposal<ParticipantId, RoomId>, seed: u32) -> AssignmentProposal {
        let Proposal {
            assignment,
            unplaced,
            score,
            ..
        } = proposal;
        let assignments = assignment
            .into_iter()
            .map(|(participant_id, room)| Assignment {
                expected_room_id: self.assigned_now(&participant_id),
                expected_location_id: None,
                participant_id,
                room_id: Some(room),
            })
            .collect();
        AssignmentProposal {
            assignments,
            unplaced,
            repeated_meetings: score.repeated_meetings,
            uneven_sizes: score.uneven_sizes,
            unlike_pairs: score.unlike_pairs,
            uneven_tags: score.uneven_tags,
            seed,
            matched_by: MatchedBy::Tags,
        }
    }

    /// What somebody is assigned to now, so that applying a proposal notices who was assigned since.
    fn assigned_now(&self, who: &ParticipantId) -> Change<RoomId> {
        let member = self.members.get(who);
        let assigned = member.and_then(|member| member.participant.assigned_room_id.clone());
        assigned.map_or(Change::Clear, Change::Set)
    }

    /// The seed of a series of rounds in this session, when none is given.
    fn own_seed(&self) -> u32 {
        // The low half: the time of creation is as good as any number that stays.
        self.info.created_at as u32
    }
}

/// Who met in the rounds so far, oldest first.
pub fn history(debrief: &Debrief) -> Vec<Meetings<ParticipantId>> {
    let mut rounds = BTreeMap::<u32, BTreeMap<ParticipantId, RoomId>>::new();
    for visit in &debrief.visits {
        rounds
            .entry(visit.round)
            .or_default()
            .insert(visit.participant_id.clone(), visit.room_id.clone());
    }
    rounds.values().map(meetings).collect()
}
