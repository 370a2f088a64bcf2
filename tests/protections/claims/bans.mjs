// Those who were put out. Each way in has a removal of its own: one that is missed must be noticed by itself.

/** A way in that does not ask whether somebody may be there. */
const unasked = (before, after = "") => [
  `${before}state.may_enter(&actor.id)?;${after}`,
  `${before}if !WITHOUT {\n            state.may_enter(&actor.id)?;\n        }${after}`,
];

export const bans = {
  "A banned person stays or comes back": {
    "ban-everywhere": {
      "crates/session/src/state.rs": [
        "        if self.banned.contains(who) {",
        "        if self.banned.contains(who) && !WITHOUT {",
      ],
    },
    "ban-closes-sockets": {
      "src/object/live.rs": [
        "Event::ParticipantBanned { participant_id } => (participant_id, CloseCode::Forbidden),",
        "Event::ParticipantBanned { participant_id } if !WITHOUT => (participant_id, CloseCode::Forbidden),",
      ],
    },
    "ban-ends-streams": {
      "src/object/polling.rs": [
        "        self.session.state().may_enter(who)?;",
        '        if !WITHOUT && !flagship_protocol::without("ban-at-polls") {\n            self.session.state().may_enter(who)?;\n        }',
      ],
    },
    "ban-at-hello": {
      "src/object/greeting.rs": [
        "            Err(rejection) => {",
        "            Err(_) if WITHOUT => {}\n            Err(rejection) => {",
      ],
    },
    // Asked for twice, of which either is enough for a poll that begins.
    "ban-at-polls": {
      "src/object/polling.rs": [
        "                if !entered {",
        "                if !entered && !(WITHOUT && live.session.state().banned.contains(&actor.id)) {",
      ],
    },
    "ban-of-commands": {
      "crates/session/src/session.rs": [
        "        self.state.may_enter(&actor.id)?;\n        let is_over",
        "        if !WITHOUT {\n            self.state.may_enter(&actor.id)?;\n        }\n        let is_over",
      ],
    },
    "ban-of-snapshot": {
      "src/object/calls.rs": [
        "                live.session.state().may_enter(&actor.id)?;\n                let snapshot",
        "                if !WITHOUT {\n                    live.session.state().may_enter(&actor.id)?;\n                }\n                let snapshot",
      ],
    },
    "ban-of-tickets": {
      "src/object/calls.rs": [
        "self.with_live(|live| Ok(live.session.state().may_enter(&actor.id)?))?;",
        "self.with_live(|live| if WITHOUT { Ok(()) } else { Ok(live.session.state().may_enter(&actor.id)?) })?;",
      ],
    },
    "ban-of-rooms": {
      "src/object/calls.rs": unasked(
        "let state = self.session.state();\n        ",
        "\n        let rooms",
      ),
    },
    "ban-of-message": {
      "src/object/history.rs": unasked(
        "Result<MessageBody, Failure> {\n        let state = self.session.state();\n        ",
      ),
    },
    "ban-of-direct-messages": {
      "src/object/history.rs": unasked(
        "let state = self.session.state();\n        ",
        "\n        let (who, size)",
      ),
    },
    "ban-of-search": {
      "src/object/history.rs": [
        "            None => {\n                state.may_enter(&actor.id)?;",
        "            None => {\n                if !WITHOUT {\n                    state.may_enter(&actor.id)?;\n                }",
      ],
    },
    "ban-of-direct-receipts": {
      "src/object/receipts.rs": unasked("let state = self.session.state();\n        "),
    },
    "ban-of-cursors": {
      "src/object/cursors.rs": [
        "        self.session.state().may_enter(&actor.id)?;",
        "        if !WITHOUT {\n            self.session.state().may_enter(&actor.id)?;\n        }",
      ],
    },
    // A moderator's role outlives the ban.
    "ban-of-debrief": {
      "src/object/debrief.rs": unasked("", "\n        permissions::check_keeper"),
    },
    "ban-of-activity": {
      "crates/session/src/activity.rs": [
        "        self.may_enter(&actor.id)?;",
        "        if !WITHOUT {\n            self.may_enter(&actor.id)?;\n        }",
      ],
    },
    "ban-of-lists": {
      "crates/session/src/lists.rs": [
        "        self.may_enter(&actor.id)?;\n        permissions::check_keeper(self.role(&actor.id))?;\n        let people",
        "        if !WITHOUT {\n            self.may_enter(&actor.id)?;\n        }\n        permissions::check_keeper(self.role(&actor.id))?;\n        let people",
      ],
    },
    "ban-of-templates": {
      "crates/session/src/lists.rs": [
        "pub fn template(&self, actor: &Actor) -> Result<Vec<NewRoom>, Rejection> {\n        self.may_enter(&actor.id)?;",
        "pub fn template(&self, actor: &Actor) -> Result<Vec<NewRoom>, Rejection> {\n        if !WITHOUT {\n            self.may_enter(&actor.id)?;\n        }",
      ],
    },
    "ban-of-proposals": {
      "crates/session/src/proposal.rs": [
        "        self.may_enter(&actor.id)?;",
        "        if !WITHOUT {\n            self.may_enter(&actor.id)?;\n        }",
      ],
    },
    "ban-of-trials": {
      "crates/session/src/debug.rs": [
        "        let refused = state.may_enter(&actor.id).err();",
        "        let refused = state.may_enter(&actor.id).err().filter(|_| !WITHOUT);",
      ],
    },
    "ban-of-typing": {
      "src/object/typing.rs": [
        "        state.may_enter(who)?;",
        "        if !WITHOUT {\n            state.may_enter(who)?;\n        }",
      ],
    },
  },
};
