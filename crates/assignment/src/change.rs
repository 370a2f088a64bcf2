//! Changes by hand: each keeps the rules, or says which it would break.

use crate::index::Index;
use crate::problem::Problem;
use crate::refusal::{Refusal, Rule};
use crate::request::{Assignment, Name, Request, Score};
use crate::rules::{NOWHERE, Refused, Rules};
use crate::table::Cells;

/// The rules of a request that an assignment breaks. A pair that should be apart is named as a pair.
///
/// # Errors
/// [`Refusal::UnknownPerson`], [`Refusal::UnknownRoom`] and [`Refusal::TooMany`].
pub fn broken_rules<P: Name, R: Name>(
    request: &Request<P, R>,
    assignment: &Assignment<P, R>,
) -> Result<Vec<Rule<P, R>>, Refusal<P, R>> {
    let index = Index::new(request)?;
    let room_of = index.rooms_of(assignment)?;
    match index.named(Refused::Broken(index.rules.broken_by(&room_of))) {
        Refusal::Broken(rules) => Ok(rules),
        // Without people or without rooms there is nothing to break.
        _ => Ok(Vec::new()),
    }
}

/// Judges an assignment, whether it keeps the rules or not: for a preview while somebody moves people by hand.
///
/// # Errors
/// [`Refusal::UnknownPerson`], [`Refusal::UnknownRoom`] and [`Refusal::TooMany`].
pub fn score<P: Name, R: Name>(request: &Request<P, R>, assignment: &Assignment<P, R>) -> Result<Score, Refusal<P, R>> {
    let index = Index::with_tags(request)?;
    let room_of = index.rooms_of(assignment)?;
    Ok(index.knowledge.score(&Problem::unchecked(&index.rules), &room_of))
}

/// Two people change places.
///
/// # Errors
/// [`Refusal::Broken`] with the rules that this breaks and that were kept before; [`Refusal::UnknownPerson`] also for
/// somebody who has no place.
pub fn swap<P: Name, R: Name>(
    request: &Request<P, R>,
    assignment: &Assignment<P, R>,
    one: &P,
    other: &P,
) -> Result<Assignment<P, R>, Refusal<P, R>> {
    let index = Index::new(request)?;
    let before = index.rooms_of(assignment)?;
    let place = |person: &P| {
        let number = index.person(person)?;
        match before.at(number) {
            NOWHERE => Err(Refusal::UnknownPerson(person.clone())),
            room => Ok((number, room)),
        }
    };
    let ((one, here), (other, there)) = (place(one)?, place(other)?);
    let mut after = before.clone();
    after.put(one, there);
    after.put(other, here);
    let broken = newly_broken(&index.rules, &before, &after);
    if broken.is_empty() {
        Ok(index.assignment(&after))
    } else {
        Err(index.named(Refused::Broken(broken)))
    }
}

/// One person goes into a room, from another or from nowhere.
///
/// # Errors
/// [`Refusal::Broken`] with the rules that this breaks and that were kept before, and with the room's capacity
/// wherever there is no place left in it; [`Refusal::UnknownPerson`], [`Refusal::UnknownRoom`].
pub fn move_one<P: Name, R: Name>(
    request: &Request<P, R>,
    assignment: &Assignment<P, R>,
    person: &P,
    room: &R,
) -> Result<Assignment<P, R>, Refusal<P, R>> {
    let index = Index::new(request)?;
    let before = index.rooms_of(assignment)?;
    let (number, room) = (index.person(person)?, index.room(person, room)?);
    let mut after = before.clone();
    after.put(number, room);
    let mut broken = newly_broken(&index.rules, &before, &after);
    let capacity = index.rules.capacity.at(room);
    let rule = Rule::Capacity(room, capacity);
    let size = after.iter().filter(|&&other| other == room).count();
    // A room that was too full already is not newly broken, and yet nobody may join it.
    if before.at(number) != room && size > capacity as usize && !broken.contains(&rule) {
        broken.push(rule);
    }
    if broken.is_empty() {
        Ok(index.assignment(&after))
    } else {
        Err(index.named(Refused::Broken(broken)))
    }
}

fn newly_broken(rules: &Rules, before: &[u32], after: &[u32]) -> Vec<Rule<u32, u32>> {
    let known = rules.broken_by(before);
    let mut broken = rules.broken_by(after);
    broken.retain(|rule| !known.contains(rule));
    broken
}
