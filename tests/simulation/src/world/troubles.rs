//! What goes wrong.

use super::{Event, World};
use crate::client::Phase;
use crate::faults::Trouble;
use crate::network::{Cut, Down};
use crate::server::LinkId;

impl World {
    /// Something goes wrong, and again later.
    pub(super) fn trouble(&mut self) {
        if self.healed.is_some() {
            return;
        }
        let pause = self.chance.between(50, self.faults.pause);
        self.agenda.after(pause, Event::Trouble);
        let Some(trouble) = self.faults.next(&mut self.chance) else {
            return;
        };
        self.say(|_| format!("*** {trouble:?}"));
        let count = self.clients.len();
        let client = self.chance.between(0, count as u64 - 1) as usize;
        let link = self.clients[client].link;
        match (trouble, link) {
            (Trouble::Kill, _) => self.kill(),
            (Trouble::Hibernate, _) => self.hibernate(),
            (Trouble::Close, Some(_)) => {
                self.stats.cuts += 1;
                self.client(client, |client, desk| client.recycle(desk));
            }
            (Trouble::Reset, Some(link)) => self.break_link(link, Cut::Reset),
            (Trouble::Silence, Some(link)) => self.break_link(link, Cut::Silent),
            (Trouble::Slow, Some(link)) => {
                if let Some(link) = self.links.get_mut(&link) {
                    self.stats.slow += 1;
                    link.latency = [(50, 2_000), (500, 8_000)];
                }
            }
            (Trouble::Block, _) => {
                self.stats.blocks += 1;
                let until = self.agenda.now() + self.chance.between(2_000, 20_000);
                let known = self.blocked.entry(client).or_insert(until);
                *known = until.max(*known);
                if let Some(link) = link {
                    self.break_link(link, Cut::Reset);
                }
            }
            (Trouble::Clock, _) => {
                self.stats.clock_steps += 1;
                self.clock_offset += self.chance.between(0, 60_000) as i64 - 30_000;
                // The alarm is for another moment now.
                self.armed.1 = None;
            }
            (Trouble::Archive, _) => self.faults.archive_down = !self.faults.archive_down,
            (Trouble::Reload, _) => {
                self.stats.reloads += 1;
                self.close_page(client, 50);
            }
            (Trouble::Leave, _) => {
                let away = self.chance.between(500, 15_000);
                self.close_page(client, away);
            }
            (_, None) => {}
        }
    }

    fn break_link(&mut self, link: LinkId, cut: Cut) {
        self.stats.cuts += 1;
        self.cut(link, cut);
    }

    fn close_page(&mut self, client: usize, away: u64) {
        if self.clients[client].phase == Phase::Off {
            return;
        }
        let stale = self.chance.permille(500);
        self.client(client, |client, desk| client.close_page(desk, stale));
        self.agenda.after(away, Event::Open(client));
    }

    /// The process is killed: every connection breaks, every request fails.
    pub(super) fn kill(&mut self) {
        self.stats.kills += 1;
        self.say(|_| "*** the process is killed".into());
        self.writing = false;
        self.armed.1 = None;
        self.object.kill();
        let open: Vec<LinkId> = self
            .links
            .iter()
            .filter(|(_, link)| link.open)
            .map(|(id, _)| *id)
            .collect();
        for link in open {
            self.links.entry(link).and_modify(|link| link.open = false);
            self.send_down(link, Down::Closed(None));
        }
        let calls: Vec<_> = self.calls.keys().copied().collect();
        for call in calls {
            self.respond(call, None);
        }
    }

    fn hibernate(&mut self) {
        if self.object.is_idle() {
            self.stats.hibernations += 1;
            self.object.hibernate();
        }
    }
}
