//! Groups of three to five, from base rounds that were found by search.
//!
//! People stand in layers, each a circle of `modulus`, and a few stand still. Turning all circles by one gives the
//! next round, so that a base round gives `modulus` rounds. Nobody meets twice because no two pairs of the base
//! rounds have the same distance in the same layers; `cargo test` checks it person by person. Groups of three for an
//! even number of groups make nearly Kirkman triple systems (Kotzig and Rosa 1974): everybody meets all others but
//! one. For groups of four they are resolvable designs, in which everybody meets everybody, or all but one or two; the
//! six rounds of six groups of five are the most that are known.
//!
//! The base rounds were found for this project by a randomised backtracking search: less than ten seconds each.

use super::Round;

struct Starter {
    groups: u32,
    size: u32,
    /// How many stand in each circle.
    modulus: u32,
    /// How many circles there are; whoever has a higher number stands still.
    layers: u32,
    /// Group after group, base round after base round. In circle `l` stand the numbers from `l * modulus` on.
    base: &'static [u32],
}

/// The rounds for this many groups of this size, where there is a starter for it.
pub(super) fn rounds(groups: u32, size: u32) -> Option<Vec<Round>> {
    let starter = STARTERS
        .iter()
        .find(|starter| starter.groups == groups && starter.size == size)?;
    let turned = |person: u32, by: u32| match person / starter.modulus {
        layer if layer < starter.layers => layer * starter.modulus + (person % starter.modulus + by) % starter.modulus,
        _ => person,
    };
    let round = |base: &[u32], by: u32| -> Round {
        let group = |group: &[u32]| group.iter().map(|&person| turned(person, by)).collect();
        base.chunks(size as usize).map(group).collect()
    };
    let bases = starter.base.chunks((groups * size) as usize);
    Some(
        bases
            .flat_map(|base| (0..starter.modulus).map(move |by| round(base, by)))
            .collect(),
    )
}

#[rustfmt::skip]
const STARTERS: &[Starter] = &[
    Starter {
        groups: 6,
        size: 3,
        modulus: 4,
        layers: 4,
        base: &[
            16, 7, 1, 17, 3, 11, 13, 5, 0, 2, 6, 12, 14, 8, 15, 4, 9, 10, 16, 10, 15, 17, 6, 13, 11, 7, 4, 5, 2, 14,
            3, 9, 0, 8, 1, 12,
        ],
    },
    Starter {
        groups: 8,
        size: 3,
        modulus: 11,
        layers: 2,
        base: &[
            22, 13, 3, 23, 16, 8, 9, 14, 21, 0, 7, 6, 2, 11, 5, 15, 20, 17, 19, 18, 4, 10, 12, 1,
        ],
    },
    Starter {
        groups: 10,
        size: 3,
        modulus: 14,
        layers: 2,
        base: &[
            28, 8, 22, 29, 25, 0, 9, 4, 26, 2, 17, 15, 23, 14, 7, 1, 5, 24, 27, 3, 21, 11, 13, 10, 16, 19, 20, 12, 6,
            18,
        ],
    },
    Starter {
        groups: 12,
        size: 3,
        modulus: 17,
        layers: 2,
        base: &[
            34, 24, 2, 35, 30, 9, 16, 14, 11, 5, 31, 17, 1, 18, 33, 20, 12, 25, 0, 6, 10, 7, 15, 21, 22, 3, 4, 8, 28,
            32, 29, 23, 13, 26, 27, 19,
        ],
    },
    Starter {
        groups: 14,
        size: 3,
        modulus: 20,
        layers: 2,
        base: &[
            40, 11, 36, 41, 4, 25, 17, 14, 3, 28, 24, 13, 22, 5, 21, 18, 6, 26, 39, 30, 1, 20, 35, 27, 10, 29, 23, 37,
            34, 7, 32, 9, 8, 2, 15, 0, 31, 33, 19, 12, 38, 16,
        ],
    },
    Starter {
        groups: 16,
        size: 3,
        modulus: 23,
        layers: 2,
        base: &[
            46, 37, 19, 47, 39, 11, 22, 20, 41, 12, 16, 24, 4, 17, 42, 28, 15, 35, 25, 44, 21, 7, 29, 0, 18, 10, 34,
            40, 6, 32, 31, 33, 1, 43, 26, 38, 14, 2, 5, 45, 36, 23, 30, 13, 27, 9, 8, 3,
        ],
    },
    Starter {
        groups: 18,
        size: 3,
        modulus: 26,
        layers: 2,
        base: &[
            52, 9, 50, 53, 21, 49, 28, 20, 16, 7, 1, 18, 32, 5, 15, 40, 45, 51, 25, 46, 23, 13, 29, 27, 33, 8, 22, 34,
            4, 26, 43, 36, 10, 2, 47, 3, 37, 24, 17, 14, 11, 19, 35, 31, 0, 41, 44, 12, 30, 6, 42, 39, 48, 38,
        ],
    },
    Starter {
        groups: 20,
        size: 3,
        modulus: 29,
        layers: 2,
        base: &[
            58, 0, 46, 59, 43, 15, 53, 16, 40, 26, 30, 52, 5, 41, 3, 56, 47, 29, 42, 48, 8, 19, 6, 23, 4, 12, 39, 33,
            1, 10, 37, 25, 54, 9, 34, 24, 7, 49, 50, 35, 17, 38, 22, 28, 27, 44, 14, 36, 31, 45, 55, 20, 51, 2, 57,
            32, 13, 18, 11, 21,
        ],
    },
    Starter {
        groups: 6,
        size: 4,
        modulus: 7,
        layers: 3,
        base: &[
            21, 13, 20, 3, 22, 16, 0, 12, 23, 11, 17, 5, 9, 14, 19, 18, 15, 2, 1, 4, 10, 7, 8, 6,
        ],
    },
    Starter {
        groups: 7,
        size: 4,
        modulus: 9,
        layers: 3,
        base: &[
            27, 13, 22, 6, 3, 12, 0, 14, 24, 2, 1, 20, 16, 10, 18, 26, 4, 25, 8, 19, 7, 15, 5, 11, 17, 23, 21, 9,
        ],
    },
    Starter {
        groups: 9,
        size: 4,
        modulus: 11,
        layers: 3,
        base: &[
            33, 22, 4, 12, 34, 27, 6, 13, 35, 26, 18, 3, 15, 31, 20, 19, 16, 5, 2, 14, 30, 23, 21, 25, 1, 17, 0, 7,
            24, 10, 32, 8, 9, 11, 29, 28,
        ],
    },
    Starter {
        groups: 10,
        size: 4,
        modulus: 13,
        layers: 3,
        base: &[
            39, 8, 38, 20, 1, 34, 33, 6, 23, 9, 12, 22, 19, 29, 27, 14, 21, 5, 25, 4, 13, 7, 11, 16, 10, 28, 3, 32,
            36, 0, 26, 2, 24, 30, 18, 35, 15, 31, 37, 17,
        ],
    },
    Starter {
        groups: 6,
        size: 5,
        modulus: 2,
        layers: 15,
        base: &[
            2, 23, 1, 12, 18, 15, 25, 27, 19, 4, 0, 14, 21, 8, 11, 28, 17, 22, 20, 24, 13, 10, 6, 16, 26, 9, 29, 7, 5,
            3, 1, 25, 14, 3, 6, 10, 24, 8, 12, 19, 28, 16, 11, 5, 15, 17, 26, 0, 9, 23, 4, 18, 22, 7, 21, 13, 27, 2,
            29, 20, 12, 20, 0, 16, 4, 2, 25, 5, 22, 10, 21, 27, 6, 24, 9, 18, 15, 3, 17, 8, 29, 11, 19, 26, 1, 7, 14,
            23, 28, 13,
        ],
    },
];
