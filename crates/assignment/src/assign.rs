//! One round.

use crate::chance::{Chance, Purpose};
use crate::contradiction::contradiction;
use crate::exact::{self, Verdict};
use crate::first::{self, Taste};
use crate::goals::{Goal, Knowledge};
use crate::index::Index;
use crate::limits;
use crate::placing::Placing;
use crate::problem::Problem;
use crate::refusal::Refusal;
use crate::request::{Assignment, Name, Proposal, Request, Shortage, Strategy};
use crate::rules::{NOWHERE, Refused, Rules};
use crate::search::Search;
use crate::series::Series;
use crate::shortage::without_those_who_find_no_place;
use crate::small;
use crate::table::Cells;
use crate::work::Work;

/// Puts people into rooms for one round.
///
/// The same request gives the same answer, on every machine. The work is bounded: about 20 ms of native CPU for
/// 1,000 people in 100 rooms.
///
/// # Errors
/// A [`Refusal`] that names the rules; [`Refusal::GaveUp`] where the search ended without a proof.
pub fn assign<P: Name, R: Name>(
    request: &Request<P, R>,
    strategy: &Strategy<P, R>,
) -> Result<Proposal<P, R>, Refusal<P, R>> {
    let index = match strategy {
        Strategy::Random | Strategy::Balanced => Index::new(request)?,
        Strategy::Alike | Strategy::Mixed | Strategy::ByHand(_) => Index::with_tags(request)?,
    };
    let method = match strategy {
        Strategy::ByHand(mapping) => return by_hand(&index, mapping),
        Strategy::Random => Method::RANDOM,
        Strategy::Balanced => Method::BALANCED,
        Strategy::Alike => Method::ALIKE,
        Strategy::Mixed => Method::MIXED,
    };
    let rules = rules(&index, request);
    let problem = Problem::new(&rules).map_err(|refused| index.named(refused))?;
    let round = Round {
        problem: &problem,
        rules: &rules,
        method,
        seed: request.seed,
        number: index.earlier,
    };
    let placing = round.solve(&index.knowledge).map_err(|refused| index.named(refused))?;
    Ok(proposal(
        &index,
        &problem,
        &index.knowledge,
        &placing.by_person(&problem),
    ))
}

/// The rules of a request, without those who find no place where that is asked for.
pub(crate) fn rules<P: Name, R: Name>(index: &Index<'_, P, R>, request: &Request<P, R>) -> Rules {
    match request.shortage {
        Shortage::Refuse => index.rules.clone(),
        Shortage::LeaveUnplaced => {
            let chance = Chance::new(request.seed, Purpose::Shortage, index.earlier);
            without_those_who_find_no_place(&index.rules, chance)
        }
    }
}

/// How a strategy begins and what it betters.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Method {
    taste: Taste,
    pub(crate) goals: &'static [Goal],
    pub(crate) keep_sizes: bool,
}

impl Method {
    pub(crate) const RANDOM: Self = Self::new(Taste::Any, &[Goal::NewMeetings], true);
    pub(crate) const BALANCED: Self = Self::new(Taste::Even, &[Goal::EvenSizes, Goal::NewMeetings], false);
    pub(crate) const ALIKE: Self = Self::new(Taste::Alike, &[Goal::Alike, Goal::EvenSizes, Goal::NewMeetings], false);
    pub(crate) const MIXED: Self = Self::new(Taste::Mixed, &[Goal::EvenSizes, Goal::Mixed, Goal::NewMeetings], false);

    const fn new(taste: Taste, goals: &'static [Goal], keep_sizes: bool) -> Self {
        Self {
            taste,
            goals,
            keep_sizes,
        }
    }
}

/// One round that is to be found.
pub(crate) struct Round<'a> {
    pub(crate) problem: &'a Problem,
    pub(crate) rules: &'a Rules,
    pub(crate) method: Method,
    pub(crate) seed: u64,
    /// How many rounds came before.
    pub(crate) number: usize,
}

impl Round<'_> {
    /// The round: from the construction of its series if that repeats nothing, else by search.
    pub(crate) fn solve(&self, knowledge: &Knowledge) -> Result<Placing, Refused> {
        if let Some(placing) = self
            .series()
            .and_then(|series| series.next(self.problem, knowledge, self.number))
        {
            return Ok(placing);
        }
        let chance = Chance::new(self.seed, Purpose::Improve, self.number);
        let mut search = Search::new(self.problem, knowledge.clone(), self.method.keep_sizes, chance);
        search.add(self.first(knowledge)?);
        search.improve(self.method.goals, Work::new(improve_work(self.problem)));
        let found = search.into_rounds().pop().ok_or(Refused::GaveUp)?;
        let Method { goals, keep_sizes, .. } = self.method;
        Ok(small::best(self.problem, knowledge, goals, keep_sizes, found))
    }

    /// The series of rounds by construction, where nothing but even sizes is asked for.
    pub(crate) fn series(&self) -> Option<Series> {
        (self.method.taste == Taste::Even)
            .then(|| Series::new(self.problem, self.seed))
            .flatten()
    }

    /// A placement that keeps all rules, as a beginning.
    pub(crate) fn first(&self, knowledge: &Knowledge) -> Result<Placing, Refused> {
        let mut chance = Chance::new(self.seed, Purpose::First, self.number);
        if let Some(placing) = first::place(self.problem, knowledge, self.method.taste, &mut chance) {
            return Ok(placing);
        }
        match exact::search(self.problem, &mut Work::new(limits::EXACT_WORK)) {
            Verdict::Found(placing) => Ok(placing),
            Verdict::Impossible => Err(contradiction(self.rules)),
            Verdict::Unknown => Err(Refused::GaveUp),
        }
    }
}

/// How many look-ups one round is bettered with.
pub(crate) fn improve_work(problem: &Problem) -> u64 {
    limits::IMPROVE_WORK.min(limits::IMPROVE_WORK_PER_PERSON * u64::from(problem.people()))
}

/// An answer by name, with its score.
pub(crate) fn proposal<P: Name, R: Name>(
    index: &Index<'_, P, R>,
    problem: &Problem,
    knowledge: &Knowledge,
    room_of: &[u32],
) -> Proposal<P, R> {
    Proposal {
        assignment: index.assignment(room_of),
        sizes: index.sizes(room_of),
        unplaced: index.unplaced(room_of),
        score: knowledge.score(problem, room_of),
    }
}

fn by_hand<P: Name, R: Name>(
    index: &Index<'_, P, R>,
    mapping: &Assignment<P, R>,
) -> Result<Proposal<P, R>, Refusal<P, R>> {
    let mut room_of = index.rooms_of(mapping)?;
    for (person, &room) in (0..).zip(&index.rules.fixed) {
        if room_of.at(person) == NOWHERE {
            room_of.put(person, room);
        }
    }
    let broken = index.rules.broken_by(&room_of);
    if !broken.is_empty() {
        return Err(index.named(Refused::Broken(broken)));
    }
    // Only who is placed has to fit: the others are left out of the problem.
    let mut rules = index.rules.clone();
    for (person, &room) in (0..).zip(&room_of) {
        rules.present.put(person, room != NOWHERE);
    }
    Ok(proposal(index, &Problem::unchecked(&rules), &index.knowledge, &room_of))
}
