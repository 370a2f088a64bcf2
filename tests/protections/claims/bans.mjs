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
    "ban-ends-polls": {
      "src/object/polling.rs": [
        "        self.session.state().may_enter(who)?;",
        '        if !WITHOUT && !flagship_protocol::without("ban-of-Events") {\n            self.session.state().may_enter(who)?;\n        }',
      ],
    },
    // Asked at the handshake and at the hello, of which either is enough.
    "ban-at-sockets": {
      "src/object/greeting.rs": [
        "            Err(rejection) => {",
        "            Err(_) if WITHOUT => {}\n            Err(rejection) => {",
      ],
    },
    "ban-of-Events": {
      "src/object/polling.rs": [
        "                if !entered {",
        "                if !entered && !(WITHOUT && live.session.state().banned.contains(&actor.id)) {",
      ],
    },
    // All calls are asked about in one place, and most once more where they are answered.
    "ban-of-Snapshot": {
      "src/object/calls.rs": [
        "            state.may_enter(who)?;",
        '            if !WITHOUT && !flagship_protocol::without(&format!("ban-of-{}", call.name())) {\n                state.may_enter(who)?;\n            }',
      ],
    },
    "ban-of-Ticket": "ban-of-Snapshot",
    "ban-of-Command": {
      "crates/session/src/session.rs": [
        "        self.state.may_enter(&actor.id)?;\n        let is_over",
        "        if !WITHOUT {\n            self.state.may_enter(&actor.id)?;\n        }\n        let is_over",
      ],
    },
    "ban-of-Rooms": {
      "src/object/calls.rs": unasked(
        "let state = self.session.state();\n        ",
        "\n        let rooms",
      ),
    },
    "ban-of-Message": {
      "src/object/history.rs": unasked(
        "Result<MessageBody, Failure> {\n        let state = self.session.state();\n        ",
      ),
    },
    "ban-of-DirectMessages": {
      "src/object/history.rs": unasked(
        "let state = self.session.state();\n        ",
        "\n        let (who, size)",
      ),
    },
    "ban-of-Search": {
      "src/object/history.rs": [
        "            None => {\n                state.may_enter(&actor.id)?;",
        "            None => {\n                if !WITHOUT {\n                    state.may_enter(&actor.id)?;\n                }",
      ],
    },
    "ban-of-Receipts": {
      "src/object/receipts.rs": unasked("let state = self.session.state();\n        "),
    },
    "ban-of-MoveCursor": {
      "src/object/cursors.rs": [
        "        self.session.state().may_enter(&actor.id)?;",
        "        if !WITHOUT {\n            self.session.state().may_enter(&actor.id)?;\n        }",
      ],
    },
    // A moderator's role outlives the ban.
    "ban-of-Debrief": {
      "src/object/debrief.rs": unasked("", "\n        permissions::check_keeper"),
    },
    "ban-of-Activity": {
      "crates/session/src/activity.rs": [
        "        self.may_enter(&actor.id)?;",
        "        if !WITHOUT {\n            self.may_enter(&actor.id)?;\n        }",
      ],
    },
    "ban-of-List": {
      "crates/session/src/lists.rs": [
        "        self.may_enter(&actor.id)?;\n        permissions::check_keeper(self.role(&actor.id))?;\n        let people",
        "        if !WITHOUT {\n            self.may_enter(&actor.id)?;\n        }\n        permissions::check_keeper(self.role(&actor.id))?;\n        let people",
      ],
    },
    "ban-of-Template": {
      "crates/session/src/lists.rs": [
        "pub fn template(&self, actor: &Actor) -> Result<Vec<NewRoom>, Rejection> {\n        self.may_enter(&actor.id)?;",
        "pub fn template(&self, actor: &Actor) -> Result<Vec<NewRoom>, Rejection> {\n        if !WITHOUT {\n            self.may_enter(&actor.id)?;\n        }",
      ],
    },
    "ban-of-Propose": {
      "crates/session/src/proposal.rs": [
        "        self.may_enter(&actor.id)?;",
        '        if !WITHOUT && !flagship_protocol::without("ban-of-ReadList") {\n            self.may_enter(&actor.id)?;\n        }',
      ],
    },
    "ban-of-ReadList": "ban-of-Propose",
    "ban-of-trials": {
      "crates/session/src/debug.rs": [
        "        let refused = state.may_enter(&actor.id).err();",
        "        let refused = state.may_enter(&actor.id).err().filter(|_| !WITHOUT);",
      ],
    },
    "ban-of-Typing": {
      "src/object/typing.rs": [
        "        state.may_enter(who)?;",
        "        if !WITHOUT {\n            state.may_enter(who)?;\n        }",
      ],
    },
  },
};
