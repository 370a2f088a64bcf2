//! A client's commands: sent until they are settled, and noted for the delivery checker.

use flagship_delivery::{Placed, Record};
use flagship_protocol::commands::Command;
use flagship_protocol::error::ErrorBody;
use flagship_protocol::frames::{Ack, ClientFrame, CommandFrame};
use flagship_protocol::ids::CommandId;
use flagship_protocol::model::Message;

use super::connection::{Alarm, Phase};
use super::outbox::Entry;
use super::{Client, Deed, Desk, stream_of, whispers};
use crate::mutation::Mutation;
use crate::server::Request;

/// A command without an answer for so long makes the connection suspect. Milliseconds.
const ANSWER_WITHIN_MS: u64 = 15_000;

/// After so many refusals for now a command counts as refused.
const TRIES: u32 = 8;

impl Client {
    /// Queues a command, which says `content` in `streams`.
    pub(crate) fn submit(
        &mut self,
        desk: &mut Desk<'_>,
        command: Command,
        content: Option<String>,
        streams: Vec<String>,
    ) {
        let id = self.new_key();
        self.outbox.push(Entry {
            id,
            command,
            content,
            streams,
            attempts: 0,
            refusals: 0,
            flying: false,
            paused: false,
        });
        self.pump(desk);
    }

    /// Whether every command is settled.
    pub(crate) fn is_settled(&self) -> bool {
        self.outbox.is_empty()
    }

    fn new_key(&mut self) -> CommandId {
        self.keys += 1;
        format!("{}.{}", self.name, self.keys).parse().unwrap()
    }

    /// Sends what may be sent.
    pub(super) fn pump(&mut self, desk: &mut Desk<'_>) {
        let link = self.link.filter(|_| self.phase == Phase::Open);
        if link.is_none() && self.fallback.is_none() {
            return;
        }
        let fresh_key = (self.mutation == Some(Mutation::ClientChangesKey)).then(|| self.new_key());
        while let Some(entry) = self.outbox.next(self.window) {
            if let Some(key) = &fresh_key
                && entry.attempts > 0
            {
                entry.id = key.clone();
            }
            entry.flying = true;
            entry.attempts += 1;
            let alarm = Alarm::NoAnswer(entry.id.clone(), entry.attempts);
            self.records.push(Record::Sent {
                client: self.name.clone(),
                command_id: entry.id.to_string(),
                content: entry.content.clone(),
                streams: entry.streams.clone(),
            });
            let frame = CommandFrame {
                id: entry.id.clone(),
                command: entry.command.clone(),
            };
            match link {
                Some(link) => desk.deeds.push(Deed::Send(link, ClientFrame::Command(frame))),
                None => {
                    self.requests += 1;
                    desk.deeds.push(Deed::Ask(self.requests, Request::Command(frame)));
                }
            }
            desk.deeds.push(Deed::Wait(ANSWER_WITHIN_MS, alarm));
        }
    }

    /// A request of this client arrives twice: an attempt more than it knows of.
    pub(crate) fn doubled(&mut self, request: &Request) {
        let Request::Command(frame) = request else { return };
        let is_attempt =
            |record: &&Record| matches!(record, Record::Sent { command_id, .. } if command_id == frame.id.as_str());
        if let Some(attempt) = self.records.iter().rfind(is_attempt).cloned() {
            self.records.push(attempt);
        }
    }

    pub(super) fn on_ack(&mut self, ack: &Ack) {
        // Whoever changed a message is shown it too.
        let said = ack.result.message.as_ref();
        let own = said.filter(|message| message.command_id == ack.id.as_str());
        let placed = own.map(|message| Placed {
            id: message.id.to_string(),
            stream: stream_of(message).to_string(),
            seq: message.seq,
            content: message.content.to_string(),
            changed: message.version.is_some() || is_withheld(message),
        });
        let direct = ack.result.direct_message.as_ref();
        let own = direct.filter(|message| message.command_id == ack.id.as_str());
        let whispered = own.map(|message| Placed {
            id: message.id.to_string(),
            stream: whispers(self.actor.id.as_str()),
            seq: message.id.rev().unwrap(),
            content: message.content.to_string(),
            changed: message.version.is_some(),
        });
        self.records.push(Record::Acked {
            client: self.name.clone(),
            command_id: ack.id.to_string(),
            rev: ack.rev,
            duplicate: ack.duplicate,
            message: placed.or(whispered),
        });
        if let Some(streams) = ack.streams.as_ref().filter(|_| !ack.duplicate) {
            self.follow(streams, &ack.messages);
        }
        self.outbox.settle(&ack.id);
        if let Some(message) = ack.result.message.as_ref().filter(|message| !is_withheld(message)) {
            self.add(message);
        }
    }

    /// A command was refused: for now, or for good.
    pub(super) fn on_nack(&mut self, desk: &mut Desk<'_>, id: &CommandId, error: &ErrorBody) {
        let (client, command_id) = (self.name.clone(), id.to_string());
        self.records.push(Record::Refused {
            client,
            command_id,
            code: error.code.tag().into(),
        });
        let Some(entry) = self.outbox.get_mut(id) else { return };
        entry.flying = false;
        entry.refusals += 1;
        if error.retryable && entry.refusals < TRIES {
            entry.paused = true;
            let pause = desk.chance.between(200, 4_000).max(error.retry_after_ms.unwrap_or(0));
            desk.deeds.push(Deed::Wait(pause, Alarm::Resend(id.clone())));
        } else if let Some(entry) = self.outbox.settle(id) {
            self.fail(&entry.id, error.code.tag());
        }
    }

    /// Gives a command up.
    pub(super) fn fail(&mut self, id: &CommandId, reason: &str) {
        self.records.push(Record::Failed {
            client: self.name.clone(),
            command_id: id.to_string(),
            reason: reason.into(),
        });
    }

    /// One's own message that is there was carried out, whether or not its ack has come.
    pub(super) fn settle_seen(&mut self, message: &Message) {
        if message.sender_id == self.actor.id
            && let Ok(id) = message.command_id.parse()
        {
            self.outbox.settle(&id);
        }
    }
}

/// Returns whether a message comes without its content, because the reader may not read it any more.
fn is_withheld(message: &Message) -> bool {
    message.content.as_str().is_empty() && message.deleted_at.is_none()
}
