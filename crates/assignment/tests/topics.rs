//! Topics and keywords: what they do, one sentence at a time, and what holds for all vectors and texts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use flagship_assignment::topics::{Unusable, keywords_of, topics_of};
use flagship_assignment::{Countable, Strategy as Way, assign, limits};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use support::request;

type Vectors = BTreeMap<u32, Vec<f32>>;

fn vectors<const N: usize, const D: usize>(vectors: [[f32; D]; N]) -> Vectors {
    (0..).zip(vectors.map(Vec::from)).collect()
}

fn topics(vectors: &Vectors, groups: usize, seed: u64) -> Vec<String> {
    topics_of(vectors, groups, seed).unwrap().into_values().collect()
}

fn refused(vectors: &Vectors, groups: usize) -> Unusable<u32> {
    topics_of(vectors, groups, 1).expect_err("should be refused")
}

/// People around `groups` directions at right angles, one after another, each a little aside.
fn around(groups: u32, people: u32) -> Vectors {
    let vector = |person: u32| {
        let mut vector = vec![0.0; groups as usize + 4];
        vector[(person % groups) as usize] = 1.0;
        vector[(groups + person % 4) as usize] = 0.2 + (person % 7) as f32 / 50.0;
        vector
    };
    (0..people).map(|person| (person, vector(person))).collect()
}

#[test]
fn people_who_point_the_same_way_share_a_topic() {
    let vectors = vectors([[1.0, 0.1], [0.0, 1.0], [0.9, 0.0], [0.1, 2.0]]);
    assert_eq!(topics(&vectors, 2, 5), ["topic 1", "topic 2", "topic 1", "topic 2"]);
}

#[test]
fn clear_groups_are_found_whatever_the_seed() {
    let vectors = around(8, 120);
    for seed in 0..40 {
        let found = topics(&vectors, 8, seed);
        for (person, topic) in found.iter().enumerate() {
            assert_eq!(topic, &format!("topic {}", person % 8 + 1), "seed {seed}");
        }
    }
}

#[test]
fn only_directions_count() {
    let vectors = vectors([[1e-30, 0.0], [3e38, 1e37], [0.0, 1e-40], [-1.0, 7.0]]);
    assert_eq!(topics(&vectors, 2, 1), ["topic 1", "topic 1", "topic 2", "topic 2"]);
}

#[test]
fn opposite_directions_are_no_trouble() {
    let vectors = vectors([[1.0, 0.0], [-1.0, 0.0]]);
    assert_eq!(topics(&vectors, 1, 1), ["topic 1", "topic 1"]);
    assert_eq!(topics(&vectors, 2, 1), ["topic 1", "topic 2"]);
}

#[test]
fn there_are_no_more_topics_than_directions() {
    let same = vectors([[0.3, 0.7], [0.3, 0.7], [0.6, 1.4]]);
    assert_eq!(topics(&same, 3, 1), ["topic 1"; 3]);
}

#[test]
fn nobody_has_no_topic() {
    assert_eq!(topics(&Vectors::new(), 3, 1), Vec::<String>::new());
    assert_eq!(topics(&Vectors::new(), 0, 1), Vec::<String>::new());
}

#[test]
fn what_is_no_direction_is_refused_by_name() {
    assert_eq!(refused(&vectors([[1.0], [1.0]]), 0), Unusable::NoGroups);
    assert_eq!(
        refused(&vectors([[1.0, 0.0], [0.0, -0.0]]), 2),
        Unusable::NoDirection(1)
    );
    assert_eq!(refused(&vectors([[]]), 1), Unusable::NoDirection(0));
    for number in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        assert_eq!(
            refused(&vectors([[1.0, 0.0], [1.0, number]]), 2),
            Unusable::NotANumber(1)
        );
    }
    let unequal = [(7, vec![1.0, 0.0]), (8, vec![1.0])].into();
    let refusal = refused(&unequal, 2);
    assert_eq!(
        refusal.to_string(),
        "the vector of 8 has 1 numbers, and the first one has 2"
    );
}

#[test]
fn more_than_the_limits_is_refused() {
    let too_many = |what, count, limit| Unusable::TooMany { what, count, limit };
    let one = |length| Vectors::from([(0, vec![1.0; length])]);
    let all: Vectors = (0..=limits::PEOPLE as u32).map(|person| (person, vec![1.0])).collect();
    for (refusal, expected) in [
        (refused(&all, 2), (Countable::People, limits::PEOPLE)),
        (
            refused(&one(limits::DIMENSIONS + 1), 2),
            (Countable::Dimensions, limits::DIMENSIONS),
        ),
        (
            refused(&one(1), limits::TOPICS + 1),
            (Countable::Topics, limits::TOPICS),
        ),
    ] {
        let (what, limit) = expected;
        assert_eq!(refusal, too_many(what, limit + 1, limit));
    }
    assert_eq!(topics(&one(limits::DIMENSIONS), limits::TOPICS, 1), ["topic 1"]);
}

/// Vectors without any groups, so that every bit of the arithmetic counts.
#[test]
fn topics_are_the_same_on_every_machine() {
    let mut state = 1_u32;
    let mut number = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / (1 << 23) as f32 - 1.0
    };
    let vectors: Vectors = (0..40)
        .map(|person| (person, (0..19).map(|_| number()).collect()))
        .collect();
    let numbers: Vec<String> = topics(&vectors, 6, 11)
        .iter()
        .map(|topic| topic.replace("topic ", ""))
        .collect();
    assert_eq!(numbers.join(""), "1234555366561364511425421614223141343632");
}

#[test]
fn topics_are_tags_for_the_strategies() {
    let mut request = request(12, 3);
    for (person, topic) in topics_of(&around(3, 12), 3, 1).unwrap() {
        request.people.insert(person, [topic].into());
    }
    let alike = assign(&request, &Way::Alike).unwrap();
    assert_eq!(alike.score.unlike_pairs, 0);
    let mixed = assign(&request, &Way::Mixed).unwrap();
    assert_eq!(mixed.score.uneven_tags, 0);
}

fn keywords(texts: &[&str]) -> Vec<Vec<String>> {
    let texts: BTreeMap<usize, &str> = texts.iter().copied().enumerate().collect();
    let sorted = |words: BTreeSet<String>| words.into_iter().collect();
    keywords_of(&texts).into_values().map(sorted).collect()
}

#[test]
fn words_that_some_share_are_keywords() {
    let found = keywords(&[
        "I like climbing and cooking.",
        "I like CLIMBING and old maps!",
        "I like cooking and chess",
        "I like my garden and trains",
        "I like the sea and stars",
    ]);
    assert_eq!(
        found,
        [
            vec!["climbing", "cooking"],
            vec!["climbing"],
            vec!["cooking"],
            vec![],
            vec![]
        ]
    );
}

#[test]
fn words_of_any_script_are_keywords() {
    let found = keywords(&[
        "Ich mag Ökologie",
        "ÖKOLOGIE, Musik",
        "люблю музыку",
        "МУЗЫКУ и кино",
        "x",
    ]);
    assert_eq!(
        found,
        [
            vec!["ökologie"],
            vec!["ökologie"],
            vec!["музыку"],
            vec!["музыку"],
            vec![]
        ]
    );
}

#[test]
fn what_is_no_word_is_no_keyword() {
    assert_eq!(
        keywords(&["go 2026 ab3cd", "go 2026 ab3cd", "", ""]),
        [vec![""; 0], vec![], vec![], vec![]]
    );
    let long = "a".repeat(limits::TAG_CHARS + 1);
    assert_eq!(keywords(&[&long, &long, "", ""]), [vec![""; 0], vec![], vec![], vec![]]);
}

#[test]
fn what_two_of_three_say_is_a_keyword_and_what_all_say_is_none() {
    let found = keywords(&["tea rust", "tea rust", "tea"]);
    assert_eq!(found, [vec!["rust"], vec!["rust"], vec![]]);
}

#[test]
fn a_person_keeps_the_words_that_tell_most() {
    // Nine people: a word of three tells most, the one of six and the one of two less.
    let three = "one alpha beta gamma delta epsilon often";
    let found = keywords(&[three, three, three, "often rare", "often rare", "often", "", "", ""]);
    assert_eq!(found[0], ["alpha", "beta", "delta", "epsilon", "gamma"]);
    assert_eq!(found[3], ["often", "rare"]);
    assert_eq!(found[5], ["often"]);
}

fn unit_free() -> impl Strategy<Value = Vectors> {
    (1_usize..12).prop_flat_map(|length| {
        let number = prop_oneof![Just(0.0_f32), -1.0_f32..1.0];
        let vector = vec(number, length).prop_filter("no direction", |vector| vector.iter().any(|n| *n != 0.0));
        btree_map(0_u32..100, vector, 0..30)
    })
}

proptest! {
    #[test]
    fn everybody_has_one_of_at_most_so_many_topics(vectors in unit_free(), groups in 1_usize..12, seed: u64) {
        let found = topics_of(&vectors, groups, seed).unwrap();
        prop_assert!(found.keys().eq(vectors.keys()));
        let mut first = Vec::new();
        for topic in found.values() {
            if !first.contains(topic) {
                first.push(topic.clone());
            }
        }
        prop_assert!(first.len() <= groups);
        let expected: Vec<String> = (1..=first.len()).map(|number| format!("topic {number}")).collect();
        prop_assert_eq!(first, expected);
    }

    #[test]
    fn the_same_request_has_the_same_topics(vectors in unit_free(), groups in 1_usize..12, seed: u64, power in -20..20) {
        let found = topics_of(&vectors, groups, seed).unwrap();
        prop_assert_eq!(&found, &topics_of(&vectors, groups, seed).unwrap());
        // A power of two changes no digit.
        let scale = 2.0_f32.powi(power);
        let scaled = vectors.into_iter().map(|(person, vector)| (person, vector.iter().map(|n| n * scale).collect()));
        prop_assert_eq!(found, topics_of(&scaled.collect(), groups, seed).unwrap());
    }

    #[test]
    fn equal_vectors_have_equal_topics(vectors in unit_free(), groups in 1_usize..12, seed: u64) {
        let twice: Vectors = vectors.iter().flat_map(|(p, v)| [(2 * p, v.clone()), (2 * p + 1, v.clone())]).collect();
        let found = topics_of(&twice, groups, seed).unwrap();
        for person in vectors.keys() {
            prop_assert_eq!(&found[&(2 * person)], &found[&(2 * person + 1)]);
        }
    }

    #[test]
    fn keywords_are_shared_by_some_and_few(texts in btree_map(0_u32..200, "([a-zé]{2,4} ){0,40}", 0..60)) {
        let found = keywords_of(&texts);
        prop_assert!(found.keys().eq(texts.keys()));
        let mut holders = BTreeMap::<&String, usize>::new();
        for (person, words) in &found {
            prop_assert!(words.len() <= limits::KEYWORDS_PER_PERSON);
            for word in words {
                prop_assert!(word.chars().count() >= limits::KEYWORD_LETTERS);
                prop_assert!(texts[person].split(' ').any(|other| other == word));
                *holders.entry(word).or_default() += 1;
            }
        }
        prop_assert!(holders.len() <= limits::KEYWORDS);
        prop_assert!(holders.values().all(|holders| *holders >= 2));
        for word in holders.keys() {
            let said = texts.values().filter(|text| text.split(' ').any(|other| other == *word)).count();
            prop_assert!(said * 100 <= texts.len() * limits::KEYWORD_PEOPLE_PERCENT);
        }
    }
}

#[test]
fn there_are_never_more_keywords_than_tags() {
    // Each pair of neighbours shares three words of its own.
    let word = |number: u32| -> String {
        let letter = |digit: u32| char::from(b'a' + (digit % 26) as u8);
        ['w', letter(number / 676), letter(number / 26), letter(number)]
            .iter()
            .collect()
    };
    let text = |pair: u32| (0..3).map(|one| word(pair * 3 + one)).collect::<Vec<_>>().join(" ");
    let texts: BTreeMap<u32, String> = (0..400).map(|person| (person, text(person / 2))).collect();
    let found = keywords_of(&texts);
    let all: BTreeSet<&String> = found.values().flatten().collect();
    assert_eq!(all.len(), limits::KEYWORDS);
}

#[test]
fn of_a_text_no_more_is_looked_at_than_people_may_write() {
    let end = limits::KEYWORD_TEXT_CHARS;
    let text = |own: &str| {
        format!(
            "{}{own} sailing {} drifting",
            "x ".repeat((end - 20) / 2),
            "y ".repeat(end)
        )
    };
    let texts: BTreeMap<&str, String> = [
        ("a", text("1")),
        ("b", text("2")),
        ("c", "other".into()),
        ("d", "more".into()),
    ]
    .into();
    let words = keywords_of(&texts);
    assert!(words["a"].contains("sailing"), "{words:?}");
    assert!(!words["a"].contains("drifting"), "{words:?}");
}
