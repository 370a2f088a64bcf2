//! Prints how long topics of 1,000 people take, and whether hidden ones are found.
//!
//! `cargo run --release -p flagship-assignment --example topics`
#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use flagship_assignment::topics::{keywords_of, topics_of};
use oorandom::Rand32;

const PEOPLE: u32 = 1_000;

/// How far people are from the middle of their topic: at 1 about as far as from where they would be without one.
const NOISE: f32 = 0.7;

fn main() {
    println!("1,000 people                           ms  people in another topic than most of theirs");
    for (dimensions, groups) in [(384, 4), (384, 10), (384, 30), (384, 100), (1_024, 10), (1_024, 100)] {
        let vectors = hidden(dimensions, groups as u32);
        let begin = Instant::now();
        let topics = topics_of(&vectors, groups, 1).unwrap();
        let time = begin.elapsed().as_secs_f64() * 1000.0;
        let strays = strays(&topics, groups as u32);
        println!("{dimensions:5} numbers, {groups:3} topics          {time:6.1}  {strays}");
    }
    let mut chance = Rand32::new(2);
    let mut word = || -> String {
        // Few words are frequent and many are rare, as in a language.
        let number = (4_000.0 * chance.rand_float().powi(3)) as u32;
        (0..3).map(|at| letter(number >> (4 * at))).collect()
    };
    let texts: BTreeMap<u32, String> = (0..PEOPLE)
        .map(|person| (person, (0..200).map(|_| word()).collect::<Vec<_>>().join(" ")))
        .collect();
    let begin = Instant::now();
    let keywords = keywords_of(&texts);
    let time = begin.elapsed().as_secs_f64() * 1000.0;
    let all: BTreeSet<&String> = keywords.values().flatten().collect();
    let without = keywords.values().filter(|words| words.is_empty()).count();
    println!(
        "keywords of texts of 200 words         {time:6.1}  {} words, {without} people without",
        all.len()
    );
}

fn letter(number: u32) -> char {
    char::from(b'a' + (number % 16) as u8)
}

/// Vectors around as many directions as there are groups: person `p` in group `p % groups`.
fn hidden(dimensions: usize, groups: u32) -> BTreeMap<u32, Vec<f32>> {
    let mut chance = Rand32::new(1);
    // Nearly normal: the sum of four.
    let mut vector = |scale: f32| -> Vec<f32> {
        let mut number = || (0..4).map(|_| chance.rand_float() - 0.5).sum::<f32>() * scale;
        (0..dimensions).map(|_| number()).collect()
    };
    let middles: Vec<Vec<f32>> = (0..groups).map(|_| vector(1.0)).collect();
    let person = |person: u32| {
        let middle = middles.iter().cycle().nth(person as usize).into_iter().flatten();
        (person, middle.zip(vector(NOISE)).map(|(a, b)| a + b).collect())
    };
    (0..PEOPLE).map(person).collect()
}

fn strays(topics: &BTreeMap<u32, String>, groups: u32) -> usize {
    let mut strays = 0;
    for group in 0..groups {
        let mut counts = BTreeMap::<&String, usize>::new();
        for (_, topic) in topics.iter().filter(|(person, _)| *person % groups == group) {
            *counts.entry(topic).or_default() += 1;
        }
        strays += counts.values().sum::<usize>() - counts.values().max().copied().unwrap_or_default();
    }
    strays
}
