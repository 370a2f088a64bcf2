//! Goes through a recording and holds everything against everything.

use std::collections::{BTreeMap, BTreeSet};

use crate::breach::Breach;
use crate::claims::{Ack, Command, CommandKey, Places};
use crate::record::{Message, Record};
use crate::verdict::{Counts, Verdict};
use crate::view::View;

/// What a client must have of a stream: `after < seq <= until`.
type Span = (u64, Option<u64>);

/// Checks a recording; the crate's documentation says for what.
pub fn check(records: &[Record]) -> Verdict {
    let mut check = Check::default();
    // What was sent comes first: a recording of several clients may tell of an effect before its cause.
    for record in records {
        check.prepare(record);
    }
    for record in records {
        check.happen(record);
    }
    check.finish()
}

#[derive(Default)]
struct Check {
    participants: BTreeMap<String, String>,
    /// By stream, then by client.
    entitled: BTreeMap<String, BTreeMap<String, Vec<Span>>>,
    /// The same, of what they may see where that is not all.
    readable: BTreeMap<String, BTreeMap<String, Vec<Span>>>,
    commands: BTreeMap<CommandKey, Command>,
    places: Places,
    views: BTreeMap<(String, String), View>,
    counts: Counts,
    breaches: Vec<Breach>,
}

impl Check {
    fn prepare(&mut self, record: &Record) {
        match record {
            Record::Client { client, participant } => {
                self.participants.insert(client.clone(), participant.clone());
            }
            Record::Entitled {
                client,
                stream,
                after,
                until,
            } => {
                let clients = self.entitled.entry(stream.clone()).or_default();
                clients.entry(client.clone()).or_default().push((*after, *until));
            }
            Record::Readable {
                client,
                stream,
                after,
                until,
            } => {
                let clients = self.readable.entry(stream.clone()).or_default();
                clients.entry(client.clone()).or_default().push((*after, *until));
            }
            Record::Sent {
                client,
                command_id,
                content,
                streams,
            } => {
                let Some(key) = self.key(client, command_id) else {
                    return;
                };
                let command = self.commands.entry(key).or_default();
                command.attempts += 1;
                command.contents.extend(content.clone());
                command.streams.extend(streams.iter().cloned());
            }
            _ => {}
        }
    }

    fn happen(&mut self, record: &Record) {
        match record {
            Record::Client { .. } | Record::Entitled { .. } | Record::Readable { .. } | Record::Sent { .. } => {}
            Record::Acked {
                client,
                command_id,
                rev,
                duplicate,
                message,
            } => {
                let Some(key) = self.key(client, command_id) else {
                    return;
                };
                self.counts.duplicates += usize::from(*duplicate);
                let ack = Ack {
                    rev: *rev,
                    message: message.clone(),
                    fresh: !*duplicate,
                };
                if let Some(message) = message {
                    if !message.changed {
                        self.compare_content(client, &key, &message.content);
                    }
                    self.places.told(client, &key, message, &mut self.breaches);
                }
                let command = self.commands.entry(key.clone()).or_default();
                command.acknowledge(&key, ack, &mut self.breaches);
            }
            Record::Refused { client, command_id, .. } => {
                let Some(key) = self.key(client, command_id) else {
                    return;
                };
                self.counts.refused += 1;
                self.commands.entry(key).or_default().refused += 1;
            }
            Record::Failed { client, command_id, .. } => {
                let Some(key) = self.key(client, command_id) else {
                    return;
                };
                self.commands.entry(key).or_default().failed = true;
            }
            Record::Followed { client, stream, after } => {
                let view = self.views.entry((client.clone(), stream.clone())).or_default();
                view.follow(client, stream, *after, &mut self.breaches);
            }
            Record::Unfollowed { client, stream } => {
                let view = self.views.entry((client.clone(), stream.clone())).or_default();
                view.unfollow(client, stream, &mut self.breaches);
            }
            Record::Restarted { client } => {
                self.counts.restarts += 1;
                for ((whose, stream), view) in &mut self.views {
                    if whose == client {
                        view.unfollow(client, stream, &mut self.breaches);
                        *view = View::default();
                    }
                }
            }
            Record::Saw {
                client,
                stream,
                seq,
                by,
                message,
            } => {
                match by {
                    crate::Source::Event => self.counts.events += 1,
                    crate::Source::Page => self.counts.pages += 1,
                }
                let entitled = self.entitled.get(stream);
                let is_theirs = entitled.is_some_and(|clients| clients.contains_key(client));
                let spans = self.readable.get(stream).and_then(|clients| clients.get(client));
                let is_within = spans.is_none_or(|spans| spans.iter().any(|span| covers(*span, Some(*seq))));
                if !is_theirs || !is_within {
                    self.breaches.push(Breach::Leaked {
                        client: client.clone(),
                        stream: stream.clone(),
                        seq: *seq,
                    });
                }
                let view = self.views.entry((client.clone(), stream.clone())).or_default();
                view.see(client, stream, *seq, *by, &mut self.breaches);
                if let Some(message) = message {
                    self.see(client, stream, *seq, message);
                }
            }
        }
    }

    /// Holds a message that was seen against what was sent.
    fn see(&mut self, client: &str, stream: &str, seq: u64, message: &Message) {
        let key = (message.sender_id.clone(), message.command_id.clone());
        self.places.saw(client, stream, seq, message, &mut self.breaches);
        if !message.changed {
            self.compare_content(client, &key, &message.content);
        }
        let own = self.participants.get(client) == Some(&key.0);
        match self.commands.get_mut(&key) {
            Some(command) if command.streams.contains(stream) => command.seen_by_sender |= own,
            _ => self.breaches.push(Breach::Phantom {
                client: client.into(),
                stream: stream.into(),
                seq,
                command: key,
            }),
        }
    }

    fn compare_content(&mut self, client: &str, key: &CommandKey, content: &str) {
        let sent = self.commands.get(key).map(|command| &command.contents);
        if sent.is_some_and(|contents| !contents.is_empty() && !contents.contains(content)) {
            self.breaches.push(Breach::Changed {
                client: client.into(),
                command: key.clone(),
                content: content.into(),
            });
        }
    }

    fn finish(mut self) -> Verdict {
        for ((client, stream), view) in &mut self.views {
            view.unfollow(client, stream, &mut self.breaches);
        }
        self.check_clients();
        self.check_order();
        self.check_commands();
        self.check_deliveries();
        self.counts.clients = self.participants.len();
        self.counts.commands = self.commands.len();
        for command in self.commands.values() {
            self.counts.attempts += command.attempts;
            self.counts.acked += usize::from(command.ack.is_some());
            self.counts.failed += usize::from(command.failed);
        }
        // One fault often shows in many records.
        self.breaches.sort();
        self.breaches.dedup();
        Verdict {
            counts: self.counts,
            breaches: self.breaches,
        }
    }

    fn check_clients(&mut self) {
        let followers = self.views.keys().map(|(client, _)| client);
        let named = self.entitled.values().flat_map(BTreeMap::keys).chain(followers);
        let unknown: BTreeSet<&String> = named
            .filter(|client| !self.participants.contains_key(*client))
            .collect();
        self.breaches.extend(
            unknown
                .into_iter()
                .map(|client| Breach::UnknownClient { client: client.clone() }),
        );
    }

    /// In a stream, positions and revs grow together.
    fn check_order(&mut self) {
        let mut streams: BTreeMap<&str, BTreeSet<(u64, u64)>> = BTreeMap::new();
        for ack in self.commands.values().filter_map(|command| command.ack.as_ref()) {
            if let Some(message) = &ack.message {
                streams
                    .entry(&message.stream)
                    .or_default()
                    .insert((message.seq, ack.rev));
            }
        }
        for (stream, places) in streams {
            let next = places.iter().skip(1);
            for (one, other) in places.iter().zip(next).filter(|(one, other)| one.1 >= other.1) {
                self.breaches.push(Breach::OutOfOrder {
                    stream: stream.into(),
                    places: [*one, *other],
                });
            }
        }
    }

    fn check_commands(&mut self) {
        for (key, command) in &self.commands {
            let answers = command.acked + command.refused;
            if answers > command.attempts {
                self.breaches.push(Breach::AnsweredTwice {
                    command: key.clone(),
                    attempts: command.attempts,
                    answers,
                });
            }
            // An attempt without an answer may have been carried out after others were refused.
            if command.ack.is_none() && command.refused > 0 && command.refused >= command.attempts {
                let seen = command
                    .streams
                    .iter()
                    .filter_map(|stream| Some((stream, self.places.find(key, stream)?)));
                self.breaches.extend(seen.map(|(stream, seq)| Breach::RefusedYetSeen {
                    command: key.clone(),
                    stream: stream.clone(),
                    seq,
                }));
            }
            if command.ack.is_none() && !command.failed && !command.seen_by_sender {
                self.breaches.push(Breach::Unsettled { command: key.clone() });
            }
        }
    }

    /// Everyone entitled has every acknowledged message.
    fn check_deliveries(&mut self) {
        let mut said = 0;
        for (key, command) in self.commands.iter().filter(|(_, command)| command.ack.is_some()) {
            for stream in &command.streams {
                said += 1;
                let seq = self.places.find(key, stream);
                for (client, spans) in self.entitled.get(stream).into_iter().flatten() {
                    if !spans.iter().any(|span| covers(*span, seq)) {
                        continue;
                    }
                    self.counts.expected += 1;
                    let view = self.views.get(&(client.clone(), stream.clone()));
                    if view.zip(seq).is_some_and(|(view, seq)| view.has(seq)) {
                        self.counts.delivered += 1;
                        continue;
                    }
                    self.breaches.push(Breach::Lost {
                        client: client.clone(),
                        stream: stream.clone(),
                        seq,
                        command: key.clone(),
                    });
                }
            }
        }
        if said > 0 && self.counts.expected == 0 {
            self.breaches.push(Breach::NobodyEntitled);
        }
    }

    /// A command, by the client that sent it. A client that was never introduced is a breach of its own.
    fn key(&mut self, client: &str, command_id: &str) -> Option<CommandKey> {
        let participant = self.participants.get(client);
        if participant.is_none() {
            self.breaches.push(Breach::UnknownClient { client: client.into() });
        }
        Some((participant?.clone(), command_id.to_owned()))
    }
}

/// Whether a position lies in a span. Where nobody knows the position, only a span without end is sure to have it.
fn covers((after, until): Span, seq: Option<u64>) -> bool {
    match seq {
        Some(seq) => after < seq && until.is_none_or(|until| seq <= until),
        None => after == 0 && until.is_none(),
    }
}
