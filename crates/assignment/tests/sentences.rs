//! What the library does, one sentence at a time.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::collections::BTreeSet;

use flagship_assignment::{
    Assignment, Countable, Refusal, Request, Rule, Shortage, Strategy, assign, limits, meetings, move_one, score, swap,
};
use support::{Small, request, set};

fn refusal(request: &Small) -> Refusal<u32, u32> {
    assign(request, &Strategy::Balanced).expect_err("should be refused")
}

fn tag(request: &mut Small, tag_of: impl Fn(u32) -> &'static str) {
    for (person, tags) in &mut request.people {
        *tags = BTreeSet::from([tag_of(*person).to_owned()]);
    }
}

#[test]
fn nobody_needs_no_room() {
    assert_eq!(
        assign(&request(0, 0), &Strategy::Balanced).unwrap().assignment,
        Assignment::new()
    );
    assert_eq!(refusal(&request(1, 0)), Refusal::NoRooms);
}

#[test]
fn too_few_places_are_counted() {
    let mut request = request(5, 2);
    request.rooms = [(100, Some(2)), (101, Some(2))].into();
    assert_eq!(refusal(&request), Refusal::TooFewPlaces { people: 5, places: 4 });
    request.shortage = Shortage::LeaveUnplaced;
    assert_eq!(assign(&request, &Strategy::Balanced).unwrap().unplaced.len(), 1);
}

#[test]
fn who_belongs_together_stays_out_together() {
    let mut request = request(4, 1);
    request.rooms = [(100, Some(2))].into();
    request.together = vec![set([0, 1]), set([2, 3])];
    request.shortage = Shortage::LeaveUnplaced;
    let unplaced = assign(&request, &Strategy::Random).unwrap().unplaced;
    assert!(unplaced == [0, 1] || unplaced == [2, 3], "{unplaced:?}");
}

#[test]
fn who_is_fixed_never_stays_out() {
    let mut request = request(9, 1);
    request.rooms = [(100, Some(2))].into();
    request.fixed = [(3, 100), (7, 100)].into();
    request.shortage = Shortage::LeaveUnplaced;
    let proposal = assign(&request, &Strategy::Random).unwrap();
    assert_eq!(proposal.assignment, [(3, 100), (7, 100)].into());
}

#[test]
fn a_group_that_fits_into_no_room_is_named_whole() {
    let mut request = request(4, 3);
    request.rooms.values_mut().for_each(|capacity| *capacity = Some(2));
    request.together = vec![set([0, 1]), set([1, 3])];
    let group = vec![0, 1, 3];
    assert_eq!(refusal(&request), Refusal::GroupTooLarge { group, largest: 2 });
}

#[test]
fn groups_that_leave_gaps_in_every_room_are_counted() {
    let mut request = request(21, 3);
    request.rooms.values_mut().for_each(|capacity| *capacity = Some(8));
    request.together = (0..7)
        .map(|group| set([group * 3, group * 3 + 1, group * 3 + 2]))
        .collect();
    let refused = Refusal::TooManyGroups {
        groups: 7,
        size: 3,
        fit: 6,
    };
    assert_eq!(refusal(&request), refused);
}

#[test]
fn together_and_apart_is_said_with_the_two_and_with_what_binds_them() {
    let mut request = request(4, 3);
    request.together = vec![set([0, 1]), set([1, 2])];
    request.apart = vec![set([2, 0])];
    let (group, apart) = (vec![0, 1, 2], (0, 2));
    assert_eq!(refusal(&request), Refusal::TogetherAndApart { group, apart });
}

#[test]
fn together_in_two_rooms_is_said_with_the_rooms() {
    let mut request = request(4, 3);
    request.together = vec![set([0, 1])];
    request.fixed = [(0, 100), (1, 102)].into();
    let fixed = [(0, 100), (1, 102)];
    assert_eq!(
        refusal(&request),
        Refusal::TogetherInTwoRooms {
            group: vec![0, 1],
            fixed
        }
    );
}

#[test]
fn apart_in_one_room_is_said_with_the_room() {
    let mut request = request(4, 3);
    request.apart = vec![set([0, 1])];
    request.fixed = [(0, 101), (1, 101)].into();
    assert_eq!(
        refusal(&request),
        Refusal::ApartInOneRoom {
            apart: (0, 1),
            room: 101
        }
    );
}

#[test]
fn a_room_with_too_many_fixed_people_is_named() {
    let mut request = request(4, 2);
    request.rooms.insert(100, Some(1));
    request.together = vec![set([0, 1])];
    request.fixed = [(0, 100)].into();
    let refused = Refusal::RoomOverfilled {
        room: 100,
        people: vec![0, 1],
        capacity: 1,
    };
    assert_eq!(refusal(&request), refused);
    assert_eq!(
        refused.to_string(),
        "100 has 1 places, and 2 people are fixed in it: 0, 1"
    );
}

#[test]
fn more_people_apart_than_rooms_are_found_over_several_rules() {
    let mut request = request(5, 2);
    request.apart = vec![set([0, 1]), set([1, 2]), set([2, 0])];
    let people = vec![0, 1, 2];
    assert_eq!(refusal(&request), Refusal::TooManyApart { people, rooms: 2 });
}

#[test]
fn a_room_without_a_place_is_no_room_to_be_apart_in() {
    let mut request = request(2, 2);
    request.rooms.insert(100, Some(0));
    request.apart = vec![set([0, 1])];
    assert!(matches!(refusal(&request), Refusal::TooManyApart { rooms: 1, .. }));
}

#[test]
fn rules_that_contradict_each_other_only_all_at_once_are_named_without_the_others() {
    // Five in a circle, neighbours apart: two rooms do not suffice, though no three are pairwise apart.
    let mut request = request(7, 2);
    let circle: Vec<BTreeSet<u32>> = (0..5).map(|person| set([person, (person + 1) % 5])).collect();
    request.apart = circle.clone();
    request.together = vec![set([5, 6])];
    let Refusal::Contradiction(rules) = refusal(&request) else {
        panic!("should be a contradiction")
    };
    let named: BTreeSet<BTreeSet<u32>> = rules.iter().map(apart).collect();
    assert_eq!(named, circle.into_iter().collect());
}

fn apart(rule: &Rule<u32, u32>) -> BTreeSet<u32> {
    match rule {
        Rule::Apart(people) => people.iter().copied().collect(),
        other => panic!("{other} is none of the circle"),
    }
}

#[test]
fn rules_may_name_people_who_are_absent() {
    let mut request = request(2, 2);
    request.together = vec![set([0, 9])];
    request.apart = vec![set([1, 9])];
    request.fixed = [(9, 100)].into();
    assert!(assign(&request, &Strategy::Balanced).is_ok());
}

#[test]
fn a_fixed_person_wants_a_room_that_is_there() {
    let mut request = request(2, 2);
    request.fixed = [(0, 7)].into();
    assert_eq!(refusal(&request), Refusal::UnknownRoom(0, 7));
}

#[test]
fn there_are_limits() {
    let people = limits::PEOPLE + 1;
    let refused = refusal(&request(people as u32, 1));
    let limit = limits::PEOPLE;
    assert_eq!(
        refused,
        Refusal::TooMany {
            what: Countable::People,
            count: people,
            limit
        }
    );
    let mut many = request(2, 2);
    many.people
        .insert(0, (0..=limits::TAGS).map(|tag| tag.to_string()).collect());
    assert_eq!(
        assign(&many, &Strategy::Alike).unwrap_err(),
        Refusal::TooMany {
            what: Countable::Tags,
            count: limits::TAGS + 1,
            limit: limits::TAGS
        }
    );
    assert!(assign(&many, &Strategy::Random).is_ok(), "tags are nothing to it");
    let mut many = request(1000, 101);
    many.apart = (0..900).map(|first| (first..first + 100).collect()).collect();
    assert!(matches!(
        refusal(&many),
        Refusal::TooMany {
            what: Countable::ApartPairs,
            ..
        }
    ));
}

#[test]
fn people_with_the_same_tag_come_together_in_as_many_rooms_as_they_need() {
    let mut request = request(15, 2);
    tag(&mut request, |person| if person < 12 { "german" } else { "french" });
    let proposal = assign(&request, &Strategy::Alike).unwrap();
    assert_eq!(proposal.score.unlike_pairs, 0);
    assert_eq!(proposal.sizes.values().copied().collect::<BTreeSet<_>>(), set([3, 12]));

    request.rooms = (100..105).map(|room| (room, None)).collect();
    let proposal = assign(&request, &Strategy::Alike).unwrap();
    assert_eq!(proposal.score.unlike_pairs, 0);
    assert_eq!(proposal.sizes.values().copied().collect::<Vec<_>>(), [3; 5]);
}

#[test]
fn people_without_a_tag_are_alike() {
    let mut request = request(6, 2);
    for person in 0..3 {
        request.people.insert(person, BTreeSet::from(["german".to_owned()]));
    }
    assert_eq!(assign(&request, &Strategy::Alike).unwrap().score.unlike_pairs, 0);
}

#[test]
fn each_tag_is_spread_over_all_rooms() {
    let mut request = request(40, 5);
    tag(&mut request, |person| {
        ["red", "green", "blue", "red"][person as usize % 4]
    });
    let proposal = assign(&request, &Strategy::Mixed).unwrap();
    assert_eq!(proposal.score.uneven_tags, 0);
    assert_eq!(proposal.score.uneven_sizes, 0);
}

#[test]
fn chance_alone_makes_sizes_differ_and_keeps_to_capacities() {
    let mut request = request(60, 6);
    let sizes: BTreeSet<u32> = assign(&request, &Strategy::Random)
        .unwrap()
        .sizes
        .into_values()
        .collect();
    assert!(sizes.len() > 1, "{sizes:?}");
    request.rooms.values_mut().for_each(|capacity| *capacity = Some(10));
    assert!(
        assign(&request, &Strategy::Random)
            .unwrap()
            .sizes
            .values()
            .all(|size| *size == 10)
    );
}

#[test]
fn another_seed_gives_another_answer() {
    let first = request(30, 5);
    let second = Request {
        seed: 2,
        ..first.clone()
    };
    for strategy in [Strategy::Random, Strategy::Balanced, Strategy::Alike, Strategy::Mixed] {
        let answers = [&first, &second].map(|request| assign(request, &strategy).unwrap().assignment);
        assert_ne!(answers[0], answers[1], "{strategy:?}");
    }
}

#[test]
fn meetings_of_those_who_are_kept_together_do_not_count() {
    let mut request = request(4, 2);
    request.together = vec![set([0, 1])];
    let first = assign(&request, &Strategy::Balanced).unwrap();
    request.history.push(meetings(&first.assignment));
    let second = assign(&request, &Strategy::Balanced).unwrap();
    // With two rooms of two, the other pair has no choice either; its meeting counts.
    assert_eq!(second.score.repeated_meetings, 1);
}

#[test]
fn by_hand_leaves_those_out_who_are_not_named_and_keeps_who_is_fixed() {
    let mut request = request(4, 2);
    request.fixed = [(3, 101)].into();
    let proposal = assign(&request, &Strategy::ByHand([(0, 100), (1, 100)].into())).unwrap();
    assert_eq!(proposal.unplaced, [2]);
    assert_eq!(proposal.assignment, [(0, 100), (1, 100), (3, 101)].into());
    assert_eq!(proposal.sizes, [(100, 2), (101, 1)].into());
    let by_hand = |mapping: &[(u32, u32)]| {
        assign(&request, &Strategy::ByHand(mapping.iter().copied().collect())).expect_err("should be refused")
    };
    assert_eq!(by_hand(&[(9, 100)]), Refusal::UnknownPerson(9));
    assert_eq!(by_hand(&[(0, 9)]), Refusal::UnknownRoom(0, 9));
    assert_eq!(by_hand(&[(3, 100)]), Refusal::Broken(vec![Rule::Fixed(3, 101)]));
}

#[test]
fn by_hand_names_every_broken_rule() {
    let mut request = request(4, 2);
    request.rooms.insert(100, Some(2));
    request.together = vec![set([0, 3])];
    request.apart = vec![set([0, 1, 2])];
    let mapping = [(0, 100), (1, 100), (2, 100), (3, 101)].into();
    let refused = assign(&request, &Strategy::ByHand(mapping)).expect_err("should be refused");
    let apart = |pair: [u32; 2]| Rule::Apart(pair.to_vec());
    let mut rules = vec![Rule::Together(vec![0, 3]), apart([0, 1]), apart([0, 2]), apart([1, 2])];
    rules.push(Rule::Capacity(100, 2));
    assert_eq!(refused, Refusal::Broken(rules));
}

#[test]
fn a_swap_says_which_rule_it_breaks() {
    let mut request = request(4, 2);
    request.apart = vec![set([0, 3])];
    request.together = vec![set([2, 3])];
    let before: Assignment<u32, u32> = [(0, 100), (1, 100), (2, 101), (3, 101)].into();
    let broken = swap(&request, &before, &1, &3);
    assert_eq!(
        broken,
        Err(Refusal::Broken(vec![
            Rule::Together(vec![2, 3]),
            Rule::Apart(vec![0, 3])
        ]))
    );
    request.together.clear();
    assert_eq!(
        swap(&request, &before, &0, &3),
        Ok([(0, 101), (1, 100), (2, 101), (3, 100)].into())
    );
}

#[test]
fn a_change_is_not_blamed_for_what_was_broken_before() {
    let mut request = request(4, 3);
    request.apart = vec![set([0, 1])];
    let before: Assignment<u32, u32> = [(0, 100), (1, 100), (2, 101), (3, 101)].into();
    assert!(move_one(&request, &before, &2, &102).is_ok());
}

#[test]
fn nobody_moves_into_a_full_room_even_if_it_is_too_full_already() {
    let mut request = request(4, 2);
    request.rooms.insert(100, Some(1));
    let before: Assignment<u32, u32> = [(0, 100), (1, 100), (2, 101)].into();
    let full = Err(Refusal::Broken(vec![Rule::Capacity(100, 1)]));
    assert_eq!(move_one(&request, &before, &2, &100), full);
    assert_eq!(move_one(&request, &before, &3, &100), full, "who has no place yet");
    assert!(move_one(&request, &before, &0, &100).is_ok(), "who is there already");
    assert!(move_one(&request, &before, &0, &101).is_ok(), "who leaves");
}

#[test]
fn any_assignment_can_be_judged() {
    let mut request = request(4, 2);
    tag(&mut request, |person| if person < 2 { "red" } else { "blue" });
    request.history = vec![vec![set([0, 1]), set([2, 3])]];
    let judged = score(&request, &[(0, 100), (1, 100), (2, 100)].into()).unwrap();
    assert_eq!(judged.repeated_meetings, 1);
    assert_eq!(judged.uneven_sizes, 1);
    assert_eq!(judged.unlike_pairs, 2);
    assert_eq!(judged.uneven_tags, 1);
}

/// As many people as there may be, each with as many tags as they may give themselves; `tag` gives one of them.
fn everybody(tag: impl Fn(u32, usize) -> String) -> Small {
    let mut request = request(limits::PEOPLE as u32, 50);
    for (person, tags) in &mut request.people {
        *tags = (0..limits::TAGS_PER_PERSON)
            .map(|number| tag(*person, number))
            .collect();
    }
    request
}

#[test]
fn everybody_may_have_every_tag_that_they_may_give_themselves() {
    let own = everybody(|person, number| format!("{person} {number}"));
    let shared = everybody(|person, number| format!("{number} {}", person % 40));
    for strategy in [Strategy::Random, Strategy::Balanced, Strategy::Alike, Strategy::Mixed] {
        for request in [&own, &shared] {
            let proposal = assign(request, &strategy).unwrap();
            assert_eq!(proposal.assignment.len(), limits::PEOPLE, "{strategy:?}");
        }
    }
    // Forty classes of 25 people in fifty rooms: none of them has to sit with another.
    assert_eq!(assign(&shared, &Strategy::Alike).unwrap().score.unlike_pairs, 0);
    assert_eq!(assign(&own, &Strategy::Mixed).unwrap().score.uneven_tags, 0);
}

#[test]
fn eight_people_with_sixteen_tags_each_are_put_together_by_them() {
    let mut request = request(8, 2);
    for (person, tags) in &mut request.people {
        *tags = (0..15).map(|number| format!("{person} {number}")).collect();
        tags.insert(if *person < 4 { "early" } else { "late" }.to_owned());
    }
    let proposal = assign(&request, &Strategy::Alike).unwrap();
    assert_eq!(proposal.score.unlike_pairs, 0);
    assert_eq!(proposal.sizes.values().copied().collect::<Vec<_>>(), [4, 4]);
}
