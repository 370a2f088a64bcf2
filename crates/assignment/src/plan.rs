//! Several rounds planned at once.

use crate::assign::{Method, Round, improve_work, proposal, rules};
use crate::chance::{Chance, Purpose};
use crate::index::{Index, check};
use crate::limits;
use crate::problem::Problem;
use crate::refusal::{Countable, Refusal};
use crate::request::{Name, Proposal, Request};
use crate::search::Search;
use crate::work::Work;

/// Plans the next `rounds` rounds with even sizes, so that as few people as possible meet twice over all of them.
///
/// Planning ahead repeats less than asking for round after round, which cannot see what it spoils for later. Rules
/// and fixed people bind in every round. Each proposal's score counts the meetings of `history` and of the rounds
/// before it.
///
/// # Errors
/// As for [`assign()`](crate::assign()); [`Refusal::TooMany`] for more than
/// [`PLANNED_ROUNDS`](crate::limits::PLANNED_ROUNDS).
pub fn plan<P: Name, R: Name>(request: &Request<P, R>, rounds: usize) -> Result<Vec<Proposal<P, R>>, Refusal<P, R>> {
    check(Countable::Rounds, rounds, limits::PLANNED_ROUNDS)?;
    let index = Index::new(request)?;
    let rules = rules(&index, request);
    let problem = Problem::new(&rules).map_err(|refused| index.named(refused))?;
    let mut knowledge = index.knowledge.clone();
    let chance = Chance::new(request.seed, Purpose::Improve, index.earlier);
    let mut search = Search::new(&problem, index.knowledge.clone(), false, chance);
    let mut round = Round {
        problem: &problem,
        rules: &rules,
        method: Method::BALANCED,
        seed: request.seed,
        number: index.earlier,
    };
    let series = round.series();
    for number in 0..rounds {
        round.number = index.earlier + number;
        let constructed = series
            .as_ref()
            .and_then(|series| series.next(&problem, &knowledge, round.number));
        let placing = match constructed {
            Some(placing) => placing,
            None => round.first(&knowledge).map_err(|refused| index.named(refused))?,
        };
        for room in problem.all_rooms() {
            knowledge.meet_all(placing.people(room));
        }
        search.add(placing);
    }
    let work = limits::PLAN_WORK.min(improve_work(&problem) * rounds as u64);
    search.improve(Method::BALANCED.goals, Work::new(work));
    let mut knowledge = index.knowledge.clone();
    let mut proposals = Vec::new();
    for placing in search.into_rounds() {
        proposals.push(proposal(&index, &problem, &knowledge, &placing.by_person(&problem)));
        for room in problem.all_rooms() {
            knowledge.meet_all(placing.people(room));
        }
    }
    Ok(proposals)
}
