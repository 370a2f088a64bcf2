//! Whom a key of a list means among those who are there.

use std::collections::BTreeMap;

use flagship_protocol::ids::ParticipantId;
use flagship_protocol::text::GuestKey;

use super::Context;

/// Everyone who is or was in the session and is not banned, by what they can be called, in small letters.
pub(super) struct Called<'a> {
    ids: Names<'a>,
    addresses: Names<'a>,
    aliases: Names<'a>,
}

type Names<'a> = BTreeMap<String, Vec<&'a ParticipantId>>;

impl<'a> Called<'a> {
    /// Everyone by name.
    pub(super) fn new(context: &Context<'a>) -> Self {
        let banned = &context.state.banned;
        let mut called = Self {
            ids: Names::new(),
            addresses: Names::new(),
            aliases: Names::new(),
        };
        for (id, member) in context.state.members.iter().filter(|(id, _)| !banned.contains(*id)) {
            let alias = member.participant.alias.as_str().to_lowercase();
            called.ids.entry(id.as_str().to_lowercase()).or_default().push(id);
            // An alias that is an e-mail address stands for nobody: it was not verified.
            if !alias.contains('@') {
                called.aliases.entry(alias).or_default().push(id);
            }
        }
        for (id, address) in context.addresses.iter().filter(|(id, _)| !banned.contains(*id)) {
            called.addresses.entry(address.to_string()).or_default().push(id);
        }
        called
    }

    /// Whom a key means: who has it as their id, else as the e-mail address of their token, else as their alias, which
    /// anybody can give themselves. Nobody where several have it, which says nothing about who is meant.
    pub(super) fn find(&self, key: &GuestKey) -> Option<&'a ParticipantId> {
        let names = [&self.ids, &self.addresses, &self.aliases];
        match names.into_iter().find_map(|names| names.get(key.as_str()))?.as_slice() {
            [id] => Some(*id),
            _ => None,
        }
    }
}
