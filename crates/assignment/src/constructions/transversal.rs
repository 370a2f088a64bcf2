//! Any size up to the number of groups: lines of a net.
//!
//! Everybody has a place (one of as many as a group has members) and a number within the place (one of as many as
//! there are groups). In the round of a slope m, group b takes from place i the person with number m · i + b. Two
//! people of different places meet in the rounds m that solve one linear equation: in at most one, as long as no two
//! slopes and no two places have differences whose product is 0. Two people of the same place never meet.

use super::Round;
use super::field::Field;

/// One round for each slope; person `place * groups + number`. At least one round; nobody of the same place meets.
pub(super) fn lines(groups: u32, size: u32) -> Vec<Round> {
    let (by_fields, by_integers) = (fields(groups, size), integers(groups, size));
    if by_fields.len() > by_integers.len() {
        by_fields
    } else {
        by_integers
    }
}

/// Numbers modulo `groups`: small slopes times small places cannot reach 0 modulo `groups`, except where one of them
/// is 0; and for sizes up to the smallest prime factor, no slope can.
fn integers(groups: u32, size: u32) -> Vec<Round> {
    let smallest_factor = (2..=groups).find(|factor| groups.is_multiple_of(*factor)).unwrap_or(1);
    let slopes = if size <= smallest_factor {
        groups
    } else {
        (groups - 1) / (size - 1).max(1) + 1
    };
    let number = |slope: u32, place: u32, group: u32| (slope * place + group) % groups;
    by_slopes(groups, size, slopes.min(groups), number)
}

/// Numbers from the product of the fields whose orders multiply to `groups` (MacNeish, "Euler squares", 1922): all
/// slopes, for sizes up to the smallest of these orders. Where `groups` is a prime power these are the lines of the
/// affine plane.
fn fields(groups: u32, size: u32) -> Vec<Round> {
    let fields: Vec<Field> = prime_powers(groups).into_iter().filter_map(Field::new).collect();
    if fields.iter().any(|field| field.order() < size) {
        return Vec::new();
    }
    let number = |slope: u32, place: u32, group: u32| {
        let (mut slope, mut group, mut scale, mut number) = (slope, group, 1, 0);
        for field in &fields {
            let order = field.order();
            number += scale * field.add(field.multiply(slope % order, place), group % order);
            (slope, group, scale) = (slope / order, group / order, scale * order);
        }
        number
    };
    by_slopes(groups, size, groups, number)
}

fn by_slopes(groups: u32, size: u32, slopes: u32, number: impl Fn(u32, u32, u32) -> u32) -> Vec<Round> {
    let member = |slope, group, place| place * groups + number(slope, place, group);
    let line = |slope, group| (0..size).map(|place| member(slope, group, place)).collect();
    (0..slopes)
        .map(|slope| (0..groups).map(|group| line(slope, group)).collect())
        .collect()
}

/// The prime powers that a number is the product of.
fn prime_powers(mut number: u32) -> Vec<u32> {
    let mut powers = Vec::new();
    for factor in 2.. {
        if number < 2 {
            break;
        }
        let mut power = 1;
        while number.is_multiple_of(factor) {
            number /= factor;
            power *= factor;
        }
        if power > 1 {
            powers.push(power);
        }
    }
    powers
}
