// Those who were put out. Each way in has a removal of its own: one that is missed must be noticed by itself.

/** What skips a check while one of several protections is off. */
const unless = (names, check) =>
  `if ![${names.map((name) => `"${name}"`).join(", ")}].into_iter().any(flagship_protocol::without) {
            ${check}
        }`;

/** All calls are asked about in one place, and those by which one reads once more in another. */
const READING = ["Snapshot", "Message", "DirectMessages", "Search", "Receipts"];

/** The same of those that are for moderators. */
const MODERATING = ["Debrief", "Activity", "List", "Template", "Propose", "ReadList"];

/** And of those that are for who is in the session. */
const ACTING = ["Typing", "MoveCursor"];

const of = (calls) => calls.map((call) => `ban-of-${call}`);

export const bans = {
  "An open stream brings back a participant who was removed or left": {
    "stream-step-enters": {
      "src/object/polling.rs": [
        "                if !enter {",
        "                if !enter && !WITHOUT {",
      ],
    },
  },
  "A removed participant comes back into a locked session, or into the locked room that they were in":
    {
      "lock-for-the-removed": {
        "crates/session/src/state.rs": [
          "            if member.removed && self.info.locked && is_live {",
          "            if member.removed && self.info.locked && is_live && !WITHOUT {",
        ],
      },
      "lock-of-the-previous-room": {
        "crates/session/src/arrival.rs": [
          "                let previous = previous.filter(|room| !is_locked(room));",
          "                let previous = previous.filter(|room| WITHOUT || !is_locked(room));",
        ],
      },
    },
  "An edit tells a later group what was said before it": {
    "edit-of-the-last-group": {
      "crates/session/src/reading.rs": [
        "        if !is_of_last_group && present.all",
        "        if (WITHOUT || !is_of_last_group) && present.all",
      ],
    },
  },
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
        "                } else if !entered {",
        "                } else if !entered && !(WITHOUT && live.session.state().banned.contains(&actor.id)) {",
      ],
    },
    "ban-of-Ticket": {
      "src/object/calls.rs": [
        "            state.may_enter(who)?;",
        `            let name = call.name();
            let repeats = flagship_protocol::without("repeats-of-the-banned") && name == "Command";
            if !WITHOUT && !repeats && !flagship_protocol::without(&format!("ban-of-{name}")) {
                state.may_enter(who)?;
            }`,
      ],
    },
    "ban-of-Snapshot": {
      "crates/session/src/reading.rs": [
        "        self.may_enter(reader)?;\n",
        `        ${unless(of(READING), "self.may_enter(reader)?;")}\n`,
      ],
    },
    "ban-of-Message": "ban-of-Snapshot",
    "ban-of-DirectMessages": "ban-of-Snapshot",
    "ban-of-Search": "ban-of-Snapshot",
    "ban-of-Receipts": "ban-of-Snapshot",
    "ban-of-Debrief": {
      "crates/session/src/standing.rs": [
        "        self.may_enter(who)?;\n        if self.acting(who)",
        `        ${unless(of(MODERATING), "self.may_enter(who)?;")}\n        if self.acting(who)`,
      ],
    },
    "ban-of-Activity": "ban-of-Debrief",
    "ban-of-List": "ban-of-Debrief",
    "ban-of-Template": "ban-of-Debrief",
    "ban-of-Propose": {
      "crates/session/src/proposal.rs": [
        "        self.may_enter(&actor.id)?;",
        `        ${unless(of(["Propose", "ReadList"]), "self.may_enter(&actor.id)?;")}`,
      ],
    },
    "ban-of-ReadList": "ban-of-Propose",
    "ban-of-Typing": {
      "crates/session/src/standing.rs": [
        "        self.may_enter(who)?;\n        self.acting(who)",
        `        ${unless(of(ACTING), "self.may_enter(who)?;")}\n        self.acting(who)`,
      ],
    },
    "ban-of-MoveCursor": "ban-of-Typing",
    // Asked before the answer to an earlier command is looked for, and again when somebody comes in by the command.
    "ban-of-Command": {
      "crates/session/src/session.rs": [
        "        self.state.may_enter(&actor.id)?;\n        let is_over",
        "        if !WITHOUT {\n            self.state.may_enter(&actor.id)?;\n        }\n        let is_over",
      ],
    },
    "ban-of-Rooms": {
      "src/object/calls.rs": [
        "        state.check_reader(&actor.id)?;\n        let rooms",
        "        if !WITHOUT {\n            state.check_reader(&actor.id)?;\n        }\n        let rooms",
      ],
    },
    "ban-of-trials": {
      "crates/session/src/debug.rs": [
        "        let refused = state.may_enter(&actor.id).err();",
        "        let refused = state.may_enter(&actor.id).err().filter(|_| !WITHOUT);",
      ],
    },
  },
  "A retry shows a banned, removed or demoted person what they may not see any more": {
    "repeats-of-the-banned": {
      "crates/session/src/session.rs": [
        "        // A banned actor gets no replay.\n        self.state.may_enter(&actor.id)?;",
        '        if !WITHOUT && !flagship_protocol::without("ban-of-Command") {\n            self.state.may_enter(&actor.id)?;\n        }',
      ],
      "crates/session/src/session/repeating.rs": [
        "        self.state.may_enter(actor)?;",
        "        if !WITHOUT {\n            self.state.may_enter(actor)?;\n        }",
      ],
    },
    "repeats-of-help": {
      "crates/session/src/session/repeating.rs": [
        "            && !(is_reader && self.may_read_help(actor, request))",
        "            && !(is_reader && self.may_read_help(actor, request))\n            && !WITHOUT",
      ],
    },
  },
  "… from a run of keys": {
    "repeats-of-messages": {
      "crates/session/src/session/repeating.rs": [
        "            let visible = if is_own || self.may_read_said(actor, &said) {",
        "            let visible = if is_own || self.may_read_said(actor, &said) || WITHOUT {",
      ],
    },
  },
};
