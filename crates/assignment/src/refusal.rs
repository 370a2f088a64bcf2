//! Why there is no answer.

/// One rule of a request.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule<P, R> {
    /// These people stay together.
    Together(Vec<P>),
    /// No two of these people share a room.
    Apart(Vec<P>),
    /// This person is in this room.
    Fixed(P, R),
    /// At most so many people are in this room.
    Capacity(R, u32),
}

/// Why there is no answer. Each but [`Refusal::GaveUp`] is certain: no answer exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal<P, R> {
    /// More of something than [`limits`](crate::limits) allows.
    TooMany {
        /// What there is too much of.
        what: Countable,
        /// How many there are.
        count: usize,
        /// How many there may be.
        limit: usize,
    },
    /// There are people and no room.
    NoRooms,
    /// The request does not know this person.
    UnknownPerson(P),
    /// The request does not know this room, where this person is to be.
    UnknownRoom(P, R),
    /// All rooms together have fewer places than there are people.
    TooFewPlaces {
        /// How many people need a place.
        people: usize,
        /// How many places there are.
        places: u64,
    },
    /// A group that stays together is larger than every room.
    GroupTooLarge {
        /// Everybody in the group, sets that share somebody taken as one.
        group: Vec<P>,
        /// The largest capacity.
        largest: u32,
    },
    /// So many groups that stay together are so large that the rooms cannot hold all of them.
    TooManyGroups {
        /// How many groups there are with at least `size` people.
        groups: usize,
        /// That size.
        size: u32,
        /// How many groups of that size the rooms hold.
        fit: u64,
    },
    /// Two people are to be together, if only by others between them, and apart.
    TogetherAndApart {
        /// Everybody who is to be together.
        group: Vec<P>,
        /// The two of them who are to be apart.
        apart: (P, P),
    },
    /// Two people are to be together and are fixed in different rooms.
    TogetherInTwoRooms {
        /// Everybody who is to be together.
        group: Vec<P>,
        /// Two of them who are fixed, with their rooms.
        fixed: [(P, R); 2],
    },
    /// Two people are to be apart and are fixed in one room, or belong to somebody who is.
    ApartInOneRoom {
        /// The two.
        apart: (P, P),
        /// The room.
        room: R,
    },
    /// More people are fixed in a room than fit in, those counted who stay together with them.
    RoomOverfilled {
        /// The room.
        room: R,
        /// Who would be in it.
        people: Vec<P>,
        /// How many fit in.
        capacity: u32,
    },
    /// More people are pairwise apart than there are rooms with a place.
    TooManyApart {
        /// People of whom no two may share a room.
        people: Vec<P>,
        /// How many rooms have a place.
        rooms: usize,
    },
    /// These rules cannot all be kept. Where there are few, leaving out any of them makes the rest possible.
    Contradiction(Vec<Rule<P, R>>),
    /// The given or changed assignment breaks these rules.
    Broken(Vec<Rule<P, R>>),
    /// The search ended at its bound without an answer and without a proof that there is none.
    GaveUp,
}

/// What there can be too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Countable {
    /// People in a request.
    People,
    /// Rooms in a request.
    Rooms,
    /// Tags of one person in a request.
    Tags,
    /// Pairs of people whose tags would have to be compared.
    TagPairs,
    /// Rounds to be planned at once.
    Rounds,
    /// Sets of people who are to be together or apart.
    Rules,
    /// Pairs of people who are to be apart.
    ApartPairs,
    /// Topics that are asked for.
    Topics,
    /// Numbers in one vector.
    Dimensions,
}

impl<P, R> Rule<P, R> {
    /// The same rule with other names.
    pub(crate) fn named<Q, S>(self, person: &impl Fn(P) -> Q, room: &impl Fn(R) -> S) -> Rule<Q, S> {
        let all = |people: Vec<P>| people.into_iter().map(person).collect();
        match self {
            Self::Together(people) => Rule::Together(all(people)),
            Self::Apart(people) => Rule::Apart(all(people)),
            Self::Fixed(who, place) => Rule::Fixed(person(who), room(place)),
            Self::Capacity(place, capacity) => Rule::Capacity(room(place), capacity),
        }
    }
}

impl<P, R> Refusal<P, R> {
    /// Whether it is certain that no answer exists.
    pub fn is_certain(&self) -> bool {
        !matches!(self, Self::GaveUp)
    }

    /// The same refusal with other names.
    pub(crate) fn named<Q, S>(self, person: &impl Fn(P) -> Q, room: &impl Fn(R) -> S) -> Refusal<Q, S> {
        let all = |people: Vec<P>| people.into_iter().map(person).collect();
        let rules = |rules: Vec<Rule<P, R>>| rules.into_iter().map(|rule| rule.named(person, room)).collect();
        match self {
            Self::TooMany { what, count, limit } => Refusal::TooMany { what, count, limit },
            Self::NoRooms => Refusal::NoRooms,
            Self::UnknownPerson(who) => Refusal::UnknownPerson(person(who)),
            Self::UnknownRoom(who, place) => Refusal::UnknownRoom(person(who), room(place)),
            Self::TooFewPlaces { people, places } => Refusal::TooFewPlaces { people, places },
            Self::GroupTooLarge { group, largest } => Refusal::GroupTooLarge {
                group: all(group),
                largest,
            },
            Self::TooManyGroups { groups, size, fit } => Refusal::TooManyGroups { groups, size, fit },
            Self::TogetherAndApart { group, apart: (a, b) } => Refusal::TogetherAndApart {
                group: all(group),
                apart: (person(a), person(b)),
            },
            Self::TogetherInTwoRooms { group, fixed } => Refusal::TogetherInTwoRooms {
                group: all(group),
                fixed: fixed.map(|(who, place)| (person(who), room(place))),
            },
            Self::ApartInOneRoom {
                apart: (a, b),
                room: place,
            } => Refusal::ApartInOneRoom {
                apart: (person(a), person(b)),
                room: room(place),
            },
            Self::RoomOverfilled {
                room: place,
                people,
                capacity,
            } => Refusal::RoomOverfilled {
                room: room(place),
                people: all(people),
                capacity,
            },
            Self::TooManyApart { people, rooms } => Refusal::TooManyApart {
                people: all(people),
                rooms,
            },
            Self::Contradiction(broken) => Refusal::Contradiction(rules(broken)),
            Self::Broken(broken) => Refusal::Broken(rules(broken)),
            Self::GaveUp => Refusal::GaveUp,
        }
    }
}
