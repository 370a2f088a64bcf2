//! What must hold at the end of a run.

use std::collections::{BTreeMap, BTreeSet};

use flagship_delivery::{Breach, Record, Source, check};
use flagship_protocol::events::Event;
use flagship_protocol::ids::{RoomId, StreamId};
use flagship_protocol::model::Message;
use flagship_session::{Entry, Readable, Session, State};

use crate::client::{Client, seen, stream_of, whispered, whispers};
use crate::server::archive::{Archive, Batch};
use crate::visits::Visits;
use crate::wire::Wire;
use crate::world::World;

/// Judges a run that came to rest: adds to its failures, and to its counts.
pub(crate) fn judge(world: &mut World) {
    let now = world.server_now();
    let state = world.object.state(now).clone();
    let entries: Vec<Entry> = world.object.storage().durable().entries_after(0).collect();
    let mut failures = Vec::new();
    check_journal(&entries, &state, world, &mut failures);
    let mut expected = Archive::default();
    let durable = world.object.storage().durable();
    expected.write(&Batch::new(&entries, |id| durable.said(id)), None);
    if world.archive != expected {
        failures.push(format!(
            "the archive differs from the journal:\n{:?}\n{expected:?}",
            world.archive
        ));
    }
    let said = said(&entries);
    let mut is_silent = true;
    for room in state.rooms.keys().cloned().chain([RoomId::main()]) {
        let history = world
            .object
            .look(now, |view| view.history(&world.archive, &room, &Readable::All));
        let stream = StreamId::Room(room.clone());
        let told: Vec<&Message> = said.get(&stream).into_iter().flat_map(BTreeMap::values).collect();
        if history.iter().collect::<Vec<_>>() != told {
            failures.push(format!(
                "the history of {room} is {history:?}, and the journal has {told:?}"
            ));
        }
        is_silent &= history.is_empty();
    }
    for client in world.clients.iter().filter(|client| !client.is_stopped()) {
        let snapshot = world.object.look(now, |view| view.snapshot(&client.actor.id));
        check_view(client, &snapshot, &said, &mut failures);
        check_direct(client, &snapshot, &entries, &mut failures);
    }
    let visits = Visits::of(&entries);
    for wire in world.wires.values() {
        check_moves(wire, &entries, &visits, &mut failures);
    }
    let mut records = records(world, &state, &visits, now);
    records.append(&mut whispers_read(world, now));
    check_commands(&entries, &records, &mut failures);
    let mut verdict = check(&records);
    if is_silent {
        // All that was said went with its room.
        verdict.breaches.retain(|breach| *breach != Breach::NobodyEntitled);
    }
    if !verdict.holds() {
        failures.push(format!("delivery {verdict}"));
    }
    let (counts, stats) = (verdict.counts, &mut world.stats);
    stats.entries = state.rev;
    stats.commands = counts.commands as u64;
    stats.acked = counts.acked as u64;
    stats.duplicates = counts.duplicates as u64;
    stats.refused = counts.refused as u64;
    stats.failed = counts.failed as u64;
    stats.expected = counts.expected as u64;
    stats.delivered = counts.delivered as u64;
    world.failures.append(&mut failures);
    world.records = records;
}

/// The journal has no gaps, and gives the state: from its beginning, and from the snapshot.
fn check_journal(entries: &[Entry], state: &State, world: &World, failures: &mut Vec<String>) {
    let mut heads: BTreeMap<StreamId, u64> = BTreeMap::new();
    let mut contents = BTreeSet::new();
    for (rev, entry) in (1..).zip(entries) {
        let head = heads.entry(entry.stream.clone()).or_default();
        if entry.rev != rev || entry.from != *head {
            failures.push(format!("the journal has a gap before {entry:?}"));
        }
        *head += entry.events.len() as u64;
        for sequenced in &entry.events {
            if let Event::MessageCreated { message } = &sequenced.event
                && message.deleted_at.is_none()
                && !contents.insert((message.room_id.clone(), message.content.to_string()))
            {
                failures.push(format!("{:?} was said twice in {}", message.content, message.room_id));
            }
        }
    }
    let durable = world.object.storage().durable();
    let whole = Session::restore(None, entries.iter().cloned());
    let after = durable.state().map_or(0, |snapshot| snapshot.rev);
    let restored = Session::restore(durable.state(), durable.entries_after(after));
    for (session, how) in [(whole, "the journal"), (restored, "the snapshot")] {
        let restored = session.as_ref().map(Session::state);
        if restored != Some(state) {
            failures.push(format!("{how} gives {restored:?}, not {state:?}"));
        }
    }
}

/// Everything that was said, by stream and position.
fn said(entries: &[Entry]) -> BTreeMap<StreamId, BTreeMap<u64, Message>> {
    let mut said: BTreeMap<StreamId, BTreeMap<u64, Message>> = BTreeMap::new();
    for sequenced in entries.iter().flat_map(|entry| &entry.events) {
        if let Event::MessageCreated { message } = &sequenced.event {
            let stream = said.entry(stream_of(message)).or_default();
            stream.insert(sequenced.seq, message.clone());
        }
    }
    said
}

/// What a client sees is what a newcomer would be told.
fn check_view(
    client: &Client,
    snapshot: &flagship_protocol::model::Snapshot,
    said: &BTreeMap<StreamId, BTreeMap<u64, Message>>,
    failures: &mut Vec<String>,
) {
    let (view, name) = (&client.view, &client.name);
    if view.session.as_ref() != Some(&snapshot.session) {
        failures.push(format!("{name} sees {:?}, not {:?}", view.session, snapshot.session));
    }
    let participants: Vec<_> = view.participants.values().collect();
    if participants != snapshot.participants.iter().collect::<Vec<_>>() {
        failures.push(format!("{name} sees {participants:?}, not {:?}", snapshot.participants));
    }
    let rooms: BTreeMap<_, _> = snapshot
        .rooms
        .iter()
        .map(|room| (room.id.clone(), room.clone()))
        .collect();
    if view.rooms != rooms {
        failures.push(format!("{name} sees {:?}, not {rooms:?}", view.rooms));
    }
    for (stream, messages) in &view.messages {
        let told = said.get(stream);
        let wrong = messages
            .iter()
            .find(|(seq, message)| told.and_then(|told| told.get(seq)) != Some(message));
        if let Some((seq, message)) = wrong {
            failures.push(format!("{name} sees {message:?} as {stream} {seq}"));
        }
    }
}

/// What a client has of what was said directly is as it is in the journal, for the two alone, and what a newcomer
/// would be told is among it.
fn check_direct(
    client: &Client,
    snapshot: &flagship_protocol::model::Snapshot,
    entries: &[Entry],
    failures: &mut Vec<String>,
) {
    let (name, me) = (&client.name, &client.actor.id);
    let mut told = BTreeMap::new();
    for sequenced in entries.iter().flat_map(|entry| &entry.events) {
        if let Event::DirectMessageCreated { message } = &sequenced.event
            && [&message.sender_id, &message.recipient_id].contains(&me)
        {
            told.insert(message.id.rev().unwrap(), message);
        }
    }
    for (rev, message) in &client.view.direct {
        if told.get(rev) != Some(&message) {
            failures.push(format!("{name} sees {message:?}, not {:?}", told.get(rev)));
        }
    }
    for message in &snapshot.own.direct_messages {
        let held = client.view.direct.get(&message.id.rev().unwrap());
        if held != Some(message) {
            failures.push(format!("{name} sees {held:?}, not {message:?}"));
        }
    }
}

/// Of what somebody left a socket had all that was there by then, and nothing of after it; with what they entered came
/// the newest message that was said since they came in, or for moderators of all.
fn check_moves(wire: &Wire, entries: &[Entry], visits: &Visits, failures: &mut Vec<String>) {
    for (stream, reached, left) in &wire.ended {
        let head_at = |rev: &u64| {
            let before = entries
                .iter()
                .filter(|entry| entry.stream == *stream && entry.rev <= *rev);
            before.map(|entry| entry.events.len() as u64).sum::<u64>()
        };
        let heads: Vec<u64> = left.iter().map(head_at).collect();
        if !heads.contains(reached) {
            failures.push(format!(
                "{stream} ended at {reached}, and it was left at {heads:?}, in {left:?}"
            ));
        }
    }
    for (stream, position, newest) in &wire.begun {
        let events = entries
            .iter()
            .filter(|entry| entry.stream == *stream)
            .flat_map(|entry| &entry.events);
        let said = events
            .filter(|sequenced| sequenced.seq <= *position && matches!(sequenced.event, Event::MessageCreated { .. }));
        let said = said.map(|sequenced| sequenced.seq).max();
        let who = wire.who.as_ref().unwrap();
        let since = visits.last_before(who, stream, *position);
        let expected = said.filter(|said| since.is_some_and(|first| first <= *said));
        if expected != *newest && !(visits.moderated(who) && said == *newest) {
            failures.push(format!(
                "{stream} began at {position} with {newest:?} as the newest message, not {expected:?}"
            ));
        }
    }
}

/// What was recorded, with who is entitled to what, and the pages of history that everybody reads at the end.
fn records(world: &mut World, state: &State, visits: &Visits, now: u64) -> Vec<Record> {
    let mut records = Vec::new();
    for client in &world.clients {
        let (name, who) = (&client.name, &client.actor.id);
        let entitled = |stream: String, after, until| Record::Entitled {
            client: name.clone(),
            stream,
            after,
            until,
        };
        records.extend(client.records.iter().cloned());
        records.push(entitled(StreamId::Room(RoomId::main()).to_string(), 0, Some(0)));
        let followed = state.followed(who).into_iter();
        records.extend(followed.map(|stream| entitled(stream.to_string(), 0, Some(0))));
        for (stream, spans) in visits.of_person(who) {
            records.push(entitled(stream.to_string(), 0, Some(0)));
            // A moderator may have read everything while they were one.
            for span in spans.iter().filter(|_| !visits.moderated(who)) {
                records.push(Record::Readable {
                    client: name.clone(),
                    stream: stream.to_string(),
                    after: span.first - 1,
                    until: span.last,
                });
            }
        }
        if client.is_stopped() {
            continue;
        }
        for room in state.rooms.keys().cloned().chain([RoomId::main()]) {
            let Ok(readable) = state.readable(who, &room) else {
                continue;
            };
            let stream = StreamId::Room(room.clone());
            match &readable {
                Readable::All => records.push(entitled(stream.to_string(), 0, None)),
                Readable::Spans(_) => {
                    let spans = visits.spans(who, &stream).iter();
                    records.extend(spans.map(|span| entitled(stream.to_string(), span.first - 1, span.last)));
                }
            }
            let history = world
                .object
                .look(now, |view| view.history(&world.archive, &room, &readable));
            records.extend(history.iter().map(|message| Record::Saw {
                client: name.clone(),
                stream: stream_of(message).to_string(),
                seq: message.seq,
                by: Source::Page,
                message: Some(seen(message)),
            }));
        }
    }
    records
}

/// That everybody has what they wrote or got directly, and nobody anything else of that; with the history of it, which
/// those who are there read at the end.
fn whispers_read(world: &mut World, now: u64) -> Vec<Record> {
    let mut records = Vec::new();
    for client in &world.clients {
        let who = &client.actor.id;
        records.push(Record::Entitled {
            client: client.name.clone(),
            stream: whispers(who.as_str()),
            after: 0,
            until: client.is_stopped().then_some(0),
        });
        if !client.is_stopped() {
            let history = world.object.look(now, |view| view.direct(who));
            records.extend(history.iter().map(|message| whispered(&client.name, who, message)));
        }
    }
    records
}

/// The journal holds what was acknowledged, each once and where it was said to be, and nothing that nobody sent or
/// that was refused each time.
fn check_commands(entries: &[Entry], records: &[Record], failures: &mut Vec<String>) {
    let owners: BTreeMap<&str, &str> = records
        .iter()
        .filter_map(|record| match record {
            Record::Client { client, participant } => Some((client.as_str(), participant.as_str())),
            _ => None,
        })
        .collect();
    let mut unanswered: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    let mut revs: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for record in records {
        match record {
            Record::Sent { client, command_id, .. } => {
                *unanswered.entry((owners[client.as_str()], command_id)).or_default() += 1;
            }
            Record::Refused { client, command_id, .. } => {
                *unanswered.entry((owners[client.as_str()], command_id)).or_default() -= 1;
            }
            Record::Acked {
                client,
                command_id,
                rev,
                ..
            } => {
                revs.insert((owners[client.as_str()], command_id), *rev);
            }
            _ => {}
        }
    }
    let mut carried_out = BTreeMap::new();
    for entry in entries {
        let Some((actor, key)) = entry.actor.as_ref().zip(entry.key.as_ref()) else {
            continue;
        };
        let command = (actor.as_str(), key.as_str());
        if carried_out.insert(command, entry.rev).is_some() {
            failures.push(format!("{command:?} was carried out twice"));
        }
        match unanswered.get(&command) {
            None => failures.push(format!("{command:?} was carried out, and nobody sent it")),
            Some(0) => failures.push(format!("{command:?} was refused each time, and carried out")),
            Some(_) => {}
        }
    }
    for (command, rev) in revs {
        if carried_out.get(&command) != Some(&rev) {
            let at = carried_out.get(&command);
            failures.push(format!("{command:?} was acknowledged as {rev}, and is {at:?}"));
        }
    }
}
