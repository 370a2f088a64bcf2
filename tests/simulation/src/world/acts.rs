//! What people do, and when.

use super::{Event, World};
use crate::client::Client;
use crate::people::{Wish, room, wish};

impl World {
    pub(super) fn populate(&mut self) {
        for (index, actor) in self.people.clone().into_iter().enumerate() {
            let tabs = if self.chance.permille(250) { 2 } else { 1 };
            for tab in 1..=tabs {
                let window = if self.chance.permille(700) {
                    1
                } else {
                    self.chance.between(2, 4) as usize
                };
                let client = Client::new(format!("{}-{tab}", actor.id), actor.clone(), window, self.mutation);
                if self.chance.permille(80) {
                    self.blocked.insert(self.clients.len(), u64::MAX);
                }
                let delay = self.chance.between(0, 3_000);
                self.agenda.after(delay, Event::Open(self.clients.len()));
                self.clients.push(client);
            }
            let delay = self.chance.between(0, 2_000);
            self.agenda.after(delay, Event::Act(index));
        }
        for _ in 0..self.chance.between(0, 3) {
            self.submit(0, room());
        }
        let trouble = self.chance.between(500, 3_000);
        self.agenda.after(trouble, Event::Trouble);
        let length = self.chance.between(5_000, 45_000);
        self.agenda.after(length, Event::Heal);
    }

    /// Somebody does something, if they have a page open.
    pub(super) fn act(&mut self, person: usize) {
        if self.healed.is_some() {
            return;
        }
        // In bursts, so that much falls into one gathering.
        let most = if self.chance.permille(350) { 6 } else { 2_500 };
        let pause = self.chance.between(0, most);
        self.agenda.after(pause, Event::Act(person));
        let who = &self.people[person].id;
        let theirs: Vec<usize> = (0..self.clients.len())
            .filter(|index| self.clients[*index].actor.id == *who)
            .collect();
        let Some(index) = self.chance.pick(&theirs).copied() else {
            return;
        };
        if self.clients[index].is_stopped() {
            // Whoever left or was sent away comes back sometimes.
            if self.chance.permille(150) {
                self.happen(Event::Open(index));
            }
            return;
        }
        if self.clients[index].view.session.is_none() {
            return;
        }
        self.words += 1;
        let words = format!("{} #{}", self.people[person].id, self.words);
        let everybody: Vec<String> = self.people.iter().map(|actor| actor.id.to_string()).collect();
        let wish = wish(&self.clients[index], person == 0, &everybody, words, &mut self.chance);
        self.submit(index, wish);
    }

    fn submit(&mut self, index: usize, wish: Wish) {
        self.say(|world| format!("{} wants {:?}", world.clients[index].name, wish.command));
        self.client(index, |client, desk| {
            client.submit(desk, wish.command, wish.content, wish.streams);
        });
    }
}
