//! What processes have used, from `/proc`: CPU time and memory of a whole tree.

use std::fs;

/// Clock ticks a second in `/proc`: fixed at 100 on every Linux that matters.
const TICKS_PER_SECOND: f64 = 100.0;

/// Bytes of a page.
const PAGE: u64 = 4_096;

/// What a process tree uses.
#[derive(Clone, Copy, Debug, Default)]
pub struct Usage {
    /// CPU seconds since they began, user and system.
    pub cpu: f64,
    /// Resident memory now, in bytes.
    pub memory: u64,
}

/// A process and its descendants, as they were when looked up.
#[derive(Debug)]
pub struct Tree(Vec<u32>);

impl Tree {
    /// Looks up the descendants of a process.
    pub fn of(root: u32) -> Self {
        let parents: Vec<(u32, u32)> = processes().filter_map(|id| Some((id, stat(id)?.parent))).collect();
        let mut tree = vec![root];
        let mut next = 0;
        while let Some(&parent) = tree.get(next) {
            tree.extend(parents.iter().filter(|(_, of)| *of == parent).map(|(id, _)| id));
            next += 1;
        }
        Self(tree)
    }

    /// What they use now, together. One that has ended is left out.
    pub fn usage(&self) -> Usage {
        self.0.iter().fold(Usage::default(), |sum, &id| Usage {
            cpu: sum.cpu + stat(id).map_or(0.0, |stat| stat.cpu),
            memory: sum.memory + memory(id),
        })
    }
}

/// CPU seconds of this process.
pub fn own_cpu() -> f64 {
    stat(std::process::id()).map_or(0.0, |stat| stat.cpu)
}

fn processes() -> impl Iterator<Item = u32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}

struct Stat {
    parent: u32,
    cpu: f64,
}

fn stat(process: u32) -> Option<Stat> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name, in parentheses, may hold anything; what follows it may not.
    let fields: Vec<&str> = stat.get(stat.rfind(')')? + 2..)?.split(' ').collect();
    let number = |at: usize| fields.get(at)?.parse::<u32>().ok();
    let ticks = number(11)? + number(12)?;
    Some(Stat {
        parent: number(1)?,
        cpu: f64::from(ticks) / TICKS_PER_SECOND,
    })
}

fn memory(process: u32) -> u64 {
    let read = || {
        let statm = fs::read_to_string(format!("/proc/{process}/statm")).ok()?;
        statm.split(' ').nth(1)?.parse::<u64>().ok()
    };
    read().unwrap_or(0) * PAGE
}
