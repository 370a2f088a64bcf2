//! Groups of three: Kirkman triple systems, in which everybody meets everybody exactly once.
//!
//! The two direct constructions of Ray-Chaudhuri and Wilson ("Solution of Kirkman's schoolgirl problem", 1971), over
//! a field of q = 6t + 1 elements with the primitive element g. Layers of people are numbered by field elements, and
//! adding an element to all of a base round gives the next round.

use super::Round;
use super::field::Field;

/// The rounds for this many triples, where one of the two constructions has them: 3q or 2q + 1 people.
pub(super) fn rounds(triples: u32) -> Option<Vec<Round>> {
    let people = triples * 3;
    three_layers(triples).or_else(|| people.checked_sub(1).and_then(|others| two_layers(others / 2, people)))
}

fn field(order: u32) -> Option<Field> {
    (order > 6 && order % 6 == 1).then(|| Field::new(order)).flatten()
}

/// 3q people in three layers; (9t + 1) rounds: q that come from one base round, and 3t that come from one triple.
fn three_layers(order: u32) -> Option<Vec<Round>> {
    let field = field(order)?;
    let t = (order - 1) / 6;
    let triple = |exponent: u32, layers: [u32; 3]| -> [(u32, u32); 3] {
        [
            (exponent, layers[0]),
            (exponent + 2 * t, layers[1]),
            (exponent + 4 * t, layers[2]),
        ]
        .map(|(exponent, layer)| (field.power(exponent), layer))
    };
    let person = |(element, layer): (u32, u32), shift: u32| layer * order + field.add(element, shift);
    let shifted = |triple: &[(u32, u32); 3], shift: u32| triple.map(|point| person(point, shift)).to_vec();

    let mut base = vec![[(0, 0), (0, 1), (0, 2)]];
    for exponent in 0..t {
        base.extend((0..3).map(|layer| triple(exponent, [layer; 3])));
        base.extend([t, 3 * t, 5 * t].map(|step| triple(exponent + step, [0, 1, 2])));
    }
    let mut rounds: Vec<Round> = (0..order)
        .map(|shift| base.iter().map(|triple| shifted(triple, shift)).collect())
        .collect();
    for step in [0, 2 * t, 4 * t] {
        for exponent in 0..t {
            let across = triple(exponent + step, [0, 1, 2]);
            rounds.push((0..order).map(|shift| shifted(&across, shift)).collect());
        }
    }
    Some(rounds)
}

/// 2q + 1 people in two layers and one who stands still; q rounds that come from one base round.
fn two_layers(order: u32, people: u32) -> Option<Vec<Round>> {
    let field = field(order)?;
    let t = (order - 1) / 6;
    // The exponent m with 2 g^m = g^t + 1.
    let sum = field.add(field.power(t), 1);
    let two = field.add(1, 1);
    let m = field.logarithm(sum) + (order - 1) - field.logarithm(two);
    let mut base = vec![vec![(Some(0), 0), (Some(0), 1), (None, 0)]];
    let point = |exponent: u32, layer: u32| (Some(field.power(exponent)), layer);
    for start in [0, 2 * t, 4 * t] {
        for exponent in start..start + t {
            base.push(vec![point(exponent, 0), point(exponent + t, 0), point(exponent + m, 1)]);
        }
    }
    for exponent in 0..t {
        base.push([t, 3 * t, 5 * t].map(|step| point(exponent + m + step, 1)).to_vec());
    }
    let person = |(element, layer): (Option<u32>, u32), shift: u32| match element {
        Some(element) => layer * order + field.add(element, shift),
        None => people - 1,
    };
    let round = |shift: u32| {
        let shifted = |triple: &Vec<(Option<u32>, u32)>| triple.iter().map(|&point| person(point, shift)).collect();
        base.iter().map(shifted).collect()
    };
    Some((0..order).map(round).collect())
}
