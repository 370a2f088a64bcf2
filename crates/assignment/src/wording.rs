//! Refusals and rules in words.

use std::fmt::{self, Debug, Display, Formatter};

use crate::refusal::{Countable, Refusal, Rule};

/// The names of several, separated by commas.
struct List<'a, T>(&'a [T]);

impl<T: Display> Display for List<'_, T> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        for (position, one) in self.0.iter().enumerate() {
            let before = if position == 0 { "" } else { ", " };
            write!(formatter, "{before}{one}")?;
        }
        Ok(())
    }
}

impl<P: Display, R: Display> Display for Rule<P, R> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Together(people) => write!(formatter, "{} stay together", List(people)),
            Self::Apart(people) => write!(formatter, "{} stay apart", List(people)),
            Self::Fixed(person, room) => write!(formatter, "{person} is in {room}"),
            Self::Capacity(room, capacity) => write!(formatter, "{room} has {capacity} places"),
        }
    }
}

impl<P: Display, R: Display> Display for Refusal<P, R> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooMany { what, count, limit } => {
                write!(formatter, "{count} {what} are more than {limit}")
            }
            Self::NoRooms => write!(formatter, "there are people and no room"),
            Self::UnknownPerson(person) => write!(formatter, "{person} is not among the people"),
            Self::UnknownRoom(person, room) => write!(formatter, "{room}, where {person} is to be, is no room"),
            Self::TooFewPlaces { people, places } => {
                write!(formatter, "{people} people need a place, and there are {places}")
            }
            Self::GroupTooLarge { group, largest } => write!(
                formatter,
                "{} are to be together, which is {} people, and the largest room has {largest} places",
                List(group),
                group.len()
            ),
            Self::TooManyGroups { groups, size, fit } => {
                write!(
                    formatter,
                    "{groups} groups of {size} or more are to be together, and the rooms hold {fit} of them"
                )
            }
            Self::TogetherAndApart { group, apart } => write!(
                formatter,
                "{} and {} are to be apart, and together by the group of {}",
                apart.0,
                apart.1,
                List(group)
            ),
            Self::TogetherInTwoRooms { group, fixed: [a, b] } => write!(
                formatter,
                "{} are to be together, and {} is fixed in {}, {} in {}",
                List(group),
                a.0,
                a.1,
                b.0,
                b.1
            ),
            Self::ApartInOneRoom { apart, room } => {
                write!(
                    formatter,
                    "{} and {} are to be apart, and both are fixed in {room}",
                    apart.0, apart.1
                )
            }
            Self::RoomOverfilled { room, people, capacity } => write!(
                formatter,
                "{room} has {capacity} places, and {} people are fixed in it: {}",
                people.len(),
                List(people)
            ),
            Self::TooManyApart { people, rooms } => write!(
                formatter,
                "{} people are all to be apart, and {rooms} rooms have a place: {}",
                people.len(),
                List(people)
            ),
            Self::Contradiction(rules) => write!(formatter, "cannot all be kept: {}", Rules(rules)),
            Self::Broken(rules) => write!(formatter, "broken: {}", Rules(rules)),
            Self::GaveUp => write!(
                formatter,
                "found no way to keep all rules, and no proof that there is none"
            ),
        }
    }
}

impl Display for Countable {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::People => "people",
            Self::Rooms => "rooms",
            Self::Tags => "tags of one person",
            Self::TagPairs => "pairs of people with tags to compare",
            Self::Rounds => "rounds",
            Self::Rules => "rules",
            Self::ApartPairs => "pairs who are to be apart",
            Self::Topics => "topics",
            Self::Dimensions => "numbers in a vector",
        })
    }
}

struct Rules<'a, P, R>(&'a [Rule<P, R>]);

impl<P: Display, R: Display> Display for Rules<'_, P, R> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        for (position, rule) in self.0.iter().enumerate() {
            let before = if position == 0 { "" } else { "; " };
            write!(formatter, "{before}{rule}")?;
        }
        Ok(())
    }
}

impl<P: Debug + Display, R: Debug + Display> std::error::Error for Refusal<P, R> {}
