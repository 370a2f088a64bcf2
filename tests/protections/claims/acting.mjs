// As what somebody acts: after they were moved, muted or removed, and after the end of a session.

export const acting = {
  "A participant goes on writing in a room after being taken out of it": {
    "late-after-closing": {
      "crates/session/src/departures.rs": [
        "            member.departures.retain(|departure| departure.room_id != *room);",
        "            member.departures.retain(|departure| departure.room_id != *room || WITHOUT);",
      ],
    },
    "late-after-removal": {
      "crates/session/src/evolve.rs": [
        "            member.departures.clear();",
        "            if !WITHOUT {\n                member.departures.clear();\n            }",
      ],
    },
    "late-after-mute": {
      "crates/session/src/decide/speech.rs": [
        "    check_voice(context.me, &command.room_id)?;\n    check_pace",
        "    if !WITHOUT {\n        check_voice(context.me, &command.room_id)?;\n    }\n    check_pace",
      ],
    },
    "late-for-long": {
      "crates/session/src/departures.rs": [
        "departure.seq > seen && departure.is_recent(now))",
        "departure.seq > seen && (departure.is_recent(now) || WITHOUT))",
      ],
    },
  },
  "A message that was written in a room is sent to another": {
    "room-of-message": {
      "client/core/src/services/message-service.ts": [
        "send(session, roomFor(state, id), content, id)",
        "send(session, roomOfSelf(state), content, id)",
      ],
    },
  },
  "Somebody who was removed acts as the moderator they were": {
    "role-ends-with-removal": {
      "crates/session/src/decide/participants.rs": [
        "        role: Role::Participant,\n        assigned_room_id: None,",
        "        role: if WITHOUT { gone.role } else { Role::Participant },\n        assigned_room_id: None,",
      ],
    },
  },
  "… or somebody who left": {
    "role-of-those-who-left": {
      "crates/session/src/standing.rs": [
        "(member.joined || is_over).then_some",
        "(member.joined || is_over || WITHOUT).then_some",
      ],
    },
  },
  "A muted facilitator lets themselves speak, or mutes people beyond their room": {
    "mute-of-a-host": {
      "crates/session/src/decide/muting.rs": [
        "    if muted_by(who) > Some(by) {",
        "    if muted_by(who) > Some(by) && !WITHOUT {",
      ],
    },
    "mute-of-a-moderator": {
      "crates/session/src/decide/muting.rs": [
        "        (false, false) => not_in_rooms_of",
        "        (false, false) if WITHOUT => nowhere(who, Role::Host)?,\n        (false, false) => not_in_rooms_of",
      ],
    },
    "mute-by-a-facilitator": {
      "crates/session/src/decide/muting.rs": [
        "        (true, false) => in_room(who),",
        "        (true, false) if WITHOUT => everywhere(who, context.me.role),\n        (true, false) => in_room(who),",
      ],
    },
  },
  "Abuse stays readable because the session is over": {
    "moderation-after-the-end": "roles-after-the-end",
  },
  "A seat that is kept for somebody, taken by another who calls themselves so": {
    "seat-by-id-first": {
      "crates/session/src/decide/called.rs": [
        "        let names = [&self.ids, &self.addresses, &self.aliases];",
        `        let names = if WITHOUT {
            [&self.aliases, &self.ids, &self.addresses]
        } else {
            [&self.ids, &self.addresses, &self.aliases]
        };`,
      ],
    },
  },
};
