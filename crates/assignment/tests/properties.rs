//! What holds for every request: tried with random small ones against all assignments there are, and with random
//! large ones that are known to be possible.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use flagship_assignment::{
    Assignment, Refusal, Request, Rule, Shortage, Strategy as Way, assign, broken_rules, meetings, move_one, plan,
    score, swap,
};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::*;
use support::{Small, all_assignments, cases, keeps, keeps_all, pairs, sizes};

const WAYS: [Way<u32, u32>; 4] = [Way::Random, Way::Balanced, Way::Alike, Way::Mixed];

fn tags() -> impl Strategy<Value = BTreeSet<String>> {
    btree_set("[abc]", 0..3)
}

/// Up to six people, up to three rooms, and rules that may contradict each other.
fn small() -> impl Strategy<Value = Small> {
    let people = (0_u32..=6).prop_flat_map(|people| vec(tags(), people as usize));
    let rooms = vec(prop_oneof![Just(None), (0_u32..5).prop_map(Some)], 0..=3);
    (people, rooms).prop_flat_map(|(people, rooms)| {
        let group = || btree_set(0..7_u32, 2..4);
        let fixed: BoxedStrategy<BTreeMap<u32, u32>> = match rooms.len() as u32 {
            0 => Just(BTreeMap::new()).boxed(),
            rooms => btree_map(0..7_u32, 100..100 + rooms, 0..3).boxed(),
        };
        let round = vec(btree_set(0..7_u32, 0..4), 0..3);
        let rules = (
            vec(group(), 0..3),
            vec(group(), 0..3),
            fixed,
            vec(round, 0..3),
            any::<u64>(),
        );
        rules.prop_map(move |(together, apart, fixed, history, seed)| Request {
            people: (0..).zip(people.clone()).collect(),
            rooms: (100..).zip(rooms.clone()).collect(),
            together,
            apart,
            fixed,
            history,
            shortage: Shortage::Refuse,
            seed,
        })
    })
}

/// Up to 80 people in up to 12 rooms, with rules that one hidden assignment keeps.
fn possible() -> impl Strategy<Value = Small> {
    let hidden = (1_u32..=12).prop_flat_map(|rooms| {
        vec((100..100 + rooms, tags(), 0_u8..10), 1..80).prop_map(move |people| (rooms, people))
    });
    let pairs = vec((0_usize..80, 0_usize..80), 0..150);
    (hidden, pairs, any::<u64>(), 0_u32..3).prop_map(|((rooms, people), pairs, seed, slack)| {
        let mut request = Request {
            seed,
            ..Request::default()
        };
        let mut sizes: BTreeMap<u32, u32> = (100..100 + rooms).map(|room| (room, 0)).collect();
        for (person, (room, tags, dice)) in (0..).zip(&people) {
            request.people.insert(person, tags.clone());
            *sizes.get_mut(room).unwrap() += 1;
            if *dice == 0 {
                request.fixed.insert(person, *room);
            }
        }
        for (position, (one, other)) in pairs.into_iter().enumerate() {
            let (one, other) = (one % people.len(), other % people.len());
            let pair = BTreeSet::from([one as u32, other as u32]);
            match people[one].0 == people[other].0 {
                true if position % 5 == 0 => request.together.push(pair),
                false => request.apart.push(pair),
                true => {}
            }
        }
        request.rooms = sizes
            .into_iter()
            .map(|(room, size)| (room, (room % 3 > 0).then_some(size + slack)))
            .collect();
        request
    })
}

/// Only the named rules.
fn only(request: &Small, rules: &[Rule<u32, u32>]) -> Small {
    let mut only = Request {
        people: request.people.clone(),
        rooms: request.rooms.keys().map(|room| (*room, None)).collect(),
        ..Request::default()
    };
    for rule in rules.iter().cloned() {
        match rule {
            Rule::Together(people) => only.together.push(people.into_iter().collect()),
            Rule::Apart(people) => only.apart.push(people.into_iter().collect()),
            Rule::Fixed(person, room) => drop(only.fixed.insert(person, room)),
            Rule::Capacity(room, capacity) => drop(only.rooms.insert(room, Some(capacity))),
        }
    }
    only
}

fn is_possible(request: &Small) -> bool {
    all_assignments(request)
        .iter()
        .any(|assignment| keeps_all(request, assignment))
}

/// How often two people met before, those kept together aside.
fn times_met(request: &Small) -> impl Fn(u32, u32) -> u32 {
    let mut groups = request.together.clone();
    groups
        .iter_mut()
        .for_each(|group| group.retain(|person| request.people.contains_key(person)));
    let mut units: Vec<BTreeSet<u32>> = Vec::new();
    for group in groups {
        let (touching, others): (Vec<_>, Vec<_>) = units.into_iter().partition(|unit| !unit.is_disjoint(&group));
        units = others;
        units.push(touching.into_iter().flatten().chain(group).collect());
    }
    let history = request.history.clone();
    move |one, other| {
        let both = |set: &BTreeSet<u32>| set.contains(&one) && set.contains(&other);
        let times = history.iter().flatten().filter(|met| both(met)).count() as u32;
        if units.iter().any(both) { 0 } else { times }
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn small_requests_are_answered_exactly_when_an_answer_exists(request in small()) {
        let possible = is_possible(&request);
        for way in WAYS {
            match assign(&request, &way) {
                Ok(proposal) => {
                    prop_assert!(keeps_all(&request, &proposal.assignment), "{way:?} breaks a rule: {proposal:?}");
                    prop_assert_eq!(&proposal.sizes, &sizes(&request, &proposal.assignment));
                    prop_assert!(proposal.unplaced.is_empty());
                    let times_met = times_met(&request);
                    let repeated = pairs(&proposal.assignment, |one, other| u32::from(times_met(one, other) > 0));
                    prop_assert_eq!(proposal.score.repeated_meetings, repeated);
                }
                Err(refusal) => {
                    prop_assert!(!possible, "{way:?} refused what is possible: {refusal}");
                    prop_assert!(refusal.is_certain(), "{way:?} gave up on a small request");
                }
            }
        }
    }

    #[test]
    fn a_contradiction_names_no_rule_too_many(request in small()) {
        if let Err(Refusal::Contradiction(rules)) = assign(&request, &Way::Balanced) {
            prop_assert!(!is_possible(&only(&request, &rules)));
            for left_out in 0..rules.len() {
                let mut fewer = rules.clone();
                let rule = fewer.remove(left_out);
                prop_assert!(is_possible(&only(&request, &fewer)), "{rule} is not needed in {rules:?}");
            }
        }
    }

    #[test]
    fn small_answers_are_as_even_and_as_new_as_can_be(request in small()) {
        let Ok(proposal) = assign(&request, &Way::Balanced) else { return Ok(()) };
        let mut best = None;
        for other in all_assignments(&request).iter().filter(|other| keeps_all(&request, other)) {
            let other = score(&request, other).unwrap();
            best = best.min(Some(other.uneven_sizes)).or(Some(other.uneven_sizes));
        }
        prop_assert_eq!(Some(proposal.score.uneven_sizes), best);
        let even = all_assignments(&request).into_iter().filter(|other| keeps_all(&request, other));
        let crowd = |assignment: &Assignment<u32, u32>| pairs(assignment, |_, _| 1);
        let fewest = even.clone().map(|other| crowd(&other)).min();
        prop_assert_eq!(Some(crowd(&proposal.assignment)), fewest);
        // A third meeting is worse than a second.
        let times_met = times_met(&request);
        let newest = even.filter(|other| Some(crowd(other)) == fewest).map(|other| pairs(&other, &times_met)).min();
        prop_assert_eq!(Some(pairs(&proposal.assignment, &times_met)), newest);
    }

    #[test]
    fn changes_are_made_exactly_when_they_break_nothing_new(request in small(), a in 0_u32..6, b in 0_u32..6, to in 100_u32..103) {
        let Ok(proposal) = assign(&request, &Way::Random) else { return Ok(()) };
        let before = proposal.assignment;
        let swapped = swap(&request, &before, &a, &b);
        if let (Some(here), Some(there)) = (before.get(&a), before.get(&b)) {
            let mut after = before.clone();
            after.extend([(a, *there), (b, *here)]);
            prop_assert_eq!(swapped.is_ok(), keeps(&request, &after));
            prop_assert!(swapped.is_err() || swapped == Ok(after));
        } else {
            prop_assert!(matches!(swapped, Err(Refusal::UnknownPerson(_))));
        }
        let moved = move_one(&request, &before, &a, &to);
        if before.contains_key(&a) && request.rooms.contains_key(&to) {
            let mut after = before.clone();
            after.insert(a, to);
            prop_assert_eq!(moved.is_ok(), keeps(&request, &after));
            prop_assert_eq!(broken_rules(&request, &after).unwrap().is_empty(), keeps(&request, &after));
        } else {
            prop_assert!(moved.is_err());
        }
    }

    #[test]
    fn an_answer_given_by_hand_is_accepted_exactly_when_it_keeps_the_rules(request in small(), rooms in vec(0_u32..4, 6)) {
        let room = |number: &u32| request.rooms.keys().nth(*number as usize).copied();
        let people = request.people.keys().zip(&rooms);
        let mut mapping: Assignment<u32, u32> = people.filter_map(|(person, number)| Some((*person, room(number)?))).collect();
        let answer = assign(&request, &Way::ByHand(mapping.clone()));
        for (person, room) in &request.fixed {
            if request.people.contains_key(person) {
                mapping.entry(*person).or_insert(*room);
            }
        }
        prop_assert_eq!(answer.is_ok(), keeps(&request, &mapping), "{:?}", answer);
        if let Ok(proposal) = answer {
            prop_assert_eq!(proposal.unplaced.len() + mapping.len(), request.people.len());
            prop_assert_eq!(proposal.assignment, mapping);
        }
    }
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn a_possible_request_is_answered(request in possible()) {
        for way in WAYS {
            let proposal = assign(&request, &way);
            let proposal = proposal.unwrap_or_else(|refusal| panic!("{way:?}: {refusal}"));
            prop_assert!(keeps_all(&request, &proposal.assignment));
        }
    }

    #[test]
    fn sizes_differ_by_at_most_one_where_nothing_speaks_against_it(people in 0_u32..200, rooms in 1_u32..20, seed: u64) {
        let request = Request { seed, ..support::request(people, rooms) };
        for way in [Way::Balanced, Way::Mixed, Way::Alike] {
            let sizes = assign(&request, &way).unwrap().sizes;
            prop_assert!(sizes.values().max().unwrap() - sizes.values().min().unwrap() <= 1);
        }
    }

    #[test]
    fn those_without_a_place_are_no_more_than_places_are_missing(people in 1_u32..40, capacities in vec(0_u32..8, 1..6), seed: u64) {
        let mut request = Request { seed, shortage: Shortage::LeaveUnplaced, ..support::request(people, 0) };
        request.rooms = (100..).zip(capacities.iter().copied().map(Some)).collect();
        let proposal = assign(&request, &Way::Balanced).unwrap();
        let places: u32 = capacities.iter().sum();
        prop_assert_eq!(proposal.unplaced.len() as u32, people.saturating_sub(places));
        prop_assert_eq!(proposal.unplaced.len() + proposal.assignment.len(), people as usize);
        prop_assert!(keeps(&request, &proposal.assignment));
    }
}

proptest! {
    // Each case runs several searches to their end.
    #![proptest_config(cases(12))]

    #[test]
    fn the_same_request_gives_the_same_answer(mut request in possible()) {
        for way in WAYS {
            let first = assign(&request, &way).unwrap();
            prop_assert_eq!(&first, &assign(&request, &way).unwrap());
            request.history.push(meetings(&first.assignment));
        }
        prop_assert_eq!(plan(&request, 2), plan(&request, 2));
    }

    #[test]
    fn planned_rounds_keep_the_rules_and_count_what_came_before(request in possible(), rounds in 1_usize..4) {
        let mut so_far = request.clone();
        // Plans are for even sizes and new meetings: they look at no tags.
        so_far.people.values_mut().for_each(|tags| tags.clear());
        for proposal in plan(&request, rounds).unwrap() {
            prop_assert!(keeps_all(&request, &proposal.assignment));
            prop_assert_eq!(proposal.score, score(&so_far, &proposal.assignment).unwrap());
            so_far.history.push(meetings(&proposal.assignment));
        }
    }
}
