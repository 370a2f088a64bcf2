//! The end of a run: nothing goes wrong any more, everybody comes back, and all is waited for.

use std::collections::BTreeSet;

use super::{Event, World};
use crate::client::Phase;

/// How long it may take until all is at rest, in milliseconds.
const REST_WITHIN_MS: u64 = 300_000;

impl World {
    /// Nothing goes wrong any more.
    pub(super) fn heal(&mut self) {
        self.say(|_| "*** everything heals".into());
        self.healed = Some(self.agenda.now());
        self.faults.end();
        // Some never get a socket, and have everything all the same.
        self.blocked.retain(|_, until| *until == u64::MAX);
        for link in self.links.values_mut() {
            link.latency = [(1, 30); 2];
        }
        for client in 0..self.clients.len() {
            if self.clients[client].phase == Phase::Off {
                self.happen(Event::Open(client));
            }
        }
        self.agenda.after(1_000, Event::Rest);
    }

    pub(super) fn rest(&mut self) {
        let Some(unrest) = self.unrest() else {
            self.over = true;
            return;
        };
        if self
            .healed
            .is_some_and(|since| self.agenda.now() > since + REST_WITHIN_MS)
        {
            self.failures.push(format!("no rest: {unrest}"));
            return;
        }
        self.agenda.after(1_000, Event::Rest);
    }

    /// What is not at rest yet.
    fn unrest(&mut self) -> Option<String> {
        let now = self.server_now();
        let state = self.object.state(now).clone();
        self.serve(|_, _| Default::default());
        if self.object.next_effect().is_some() {
            return Some("the object has something to send".into());
        }
        let durable = self.object.storage().durable();
        if durable.archived < state.rev {
            return Some(format!("the archive has {} of {}", durable.archived, state.rev));
        }
        // An alarm comes a little late, and each timer in turn.
        if let Some(due) = state.next_timeout().filter(|due| due + 1_000 < now) {
            return Some(format!("a timer was due {} ms ago", now - due));
        }
        let open = self.clients.iter().filter(|client| client.phase == Phase::Open);
        let connected: BTreeSet<_> = open.map(|client| client.actor.id.clone()).collect();
        for (index, client) in self
            .clients
            .iter()
            .enumerate()
            .filter(|(_, client)| !client.is_stopped())
        {
            let name = &client.name;
            let polls = self.blocked.contains_key(&index);
            if !client.is_up() || !(polls || client.phase == Phase::Open) {
                return Some(format!("{name} is {:?}", client.phase));
            }
            if !client.is_settled() {
                return Some(format!("{name} has unsettled commands"));
            }
            let positions = state.positions(&client.actor.id);
            if *client.positions() != positions {
                return Some(format!("{name} is at {:?} of {positions:?}", client.positions()));
            }
            // Long polls bring no presence.
            if !polls && client.view.connected != connected {
                return Some(format!("{name} sees {:?} of {connected:?}", client.view.connected));
            }
        }
        None
    }
}
