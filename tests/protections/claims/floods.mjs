// Floods over sockets and requests, what is not read, and sockets that say nothing.

/** What a frame costs, by its type: nothing, where that is off. */
const cost = `let kind = match frame {
            ClientFrame::Hello(_) => "hello",
            ClientFrame::Command(_) => "command",
            ClientFrame::Cursor(_) => "cursor",
            ClientFrame::Typing(_) => "typing",
            ClientFrame::Auth(_) => "auth",
        };
        let cost = if flagship_protocol::without(&format!("flood-of-{kind}")) || (WITHOUT && kind == "hello") { 0 } else { costs::of_frame(frame) };`;

export const floods = {
  "… with frames of any type, refused and unreadable ones among them": {
    "flood-of-hello": {
      "src/object/frames.rs": [
        "        if let Err(refused) = self.pace.pay(&attachment.actor.id, costs::of_frame(frame), now) {",
        `        ${cost}
        if let Err(refused) = self.pace.pay(&attachment.actor.id, cost, now) {`,
      ],
    },
    "flood-of-command": "flood-of-hello",
    "flood-of-cursor": "flood-of-hello",
    "flood-of-typing": "flood-of-hello",
    "flood-of-auth": {
      "src/object/frames.rs": [
        "            .pay(&connection.attachment().actor.id, costs::of_frame(frame), now)",
        "            .pay(&connection.attachment().actor.id, if WITHOUT { 0 } else { costs::of_frame(frame) }, now)",
      ],
    },
    "flood-of-unreadable": {
      "src/object/frames.rs": [
        "        match self.pace.pay(&connection.attachment().actor.id, costs::UNREADABLE, now) {",
        "        match self.pace.pay(&connection.attachment().actor.id, if WITHOUT { 0 } else { costs::UNREADABLE }, now) {",
      ],
    },
    "flood-of-bytes": {
      "src/object/frames.rs": [
        "        if bytes >= limits::BYTES_IN_PER_COMMAND {",
        "        if bytes >= limits::BYTES_IN_PER_COMMAND && !WITHOUT {",
      ],
    },
    "flood-of-refused": {
      "src/object/frames.rs": [
        "        self.pace.refuse(who, costs::REFUSED, now);",
        "        self.pace.refuse(who, if WITHOUT { 0 } else { costs::REFUSED }, now);",
      ],
    },
    "flood-comes-back": {
      "src/object/calls.rs": [
        "        if let Some(wait) = self.pace.excess(who, now) {",
        "        if let Some(wait) = self.pace.excess(who, now).filter(|_| !WITHOUT) {",
      ],
    },
  },
  "… so fast that nothing else is read": {
    "flood-turns": {
      "src/object/receiving.rs": [
        "        if self.turns.are_due() {",
        "        if self.turns.are_due() && !WITHOUT {",
      ],
    },
  },
  "… with `hello` in place of everything else": {
    "flood-one-welcome": {
      "src/object/frames.rs": [
        "            ClientFrame::Hello(_) if is_greeted_next =>",
        "            ClientFrame::Hello(_) if is_greeted_next && !WITHOUT =>",
      ],
    },
  },
  "… with tokens that are dear to verify": {
    "flood-one-token": {
      "src/object/frames.rs": [
        "        let was_verifying = self.sockets.set_verifying(id, true);",
        "        let was_verifying = self.sockets.set_verifying(id, true).map(|was| was && !WITHOUT);",
      ],
    },
  },
  "… with reports of writing": {
    "flood-typing-lately": {
      "src/object/typing.rs": [
        "        lately.any(|said|",
        "        !WITHOUT && lately.any(|said|",
      ],
    },
  },
  "… with requests that make the session work": {
    "cost-of-Snapshot": {
      "src/object/calls.rs": [
        "        let cost = costs::of_call(call, state.rev);",
        `        let is_free = WITHOUT || flagship_protocol::without(&format!("cost-of-{}", call.name()));
        let cost = if is_free { 0 } else { costs::of_call(call, state.rev) };`,
      ],
    },
    "cost-of-Search": "cost-of-Snapshot",
    "cost-of-Events": "cost-of-Snapshot",
    "cost-of-Debrief": "cost-of-Snapshot",
    "cost-of-List": "cost-of-Snapshot",
    "cost-of-ReadList": "cost-of-Snapshot",
    "cost-of-Propose": "cost-of-Snapshot",
    "cost-of-Rooms": "cost-of-Snapshot",
    "cost-of-Activity": "cost-of-Snapshot",
    "cost-of-Messages": "cost-of-Snapshot",
    "cost-of-Receipts": "cost-of-Snapshot",
  },
  "… or a model": { "cost-of-Texts": "cost-of-Snapshot" },
  "… by somebody who may not enter": { "cost-of-TryRoomCreation": "cost-of-Snapshot" },
  "A client that asks for much and reads nothing": {
    "credit-of-a-socket": {
      "src/object/credit.rs": [
        "            if own > limits::UNCONFIRMED_BYTES {",
        "            if own > limits::UNCONFIRMED_BYTES && !WITHOUT {",
      ],
    },
  },
  "… and says that it has read it": {
    "credit-of-a-mark": {
      "src/object/credit.rs": [
        "self.mark.borrow_mut().take_if(|out| out.mark == mark)",
        "self.mark.borrow_mut().take_if(|out| WITHOUT || out.mark == mark)",
      ],
    },
  },
  "… over many sockets": {
    "credit-of-a-person": {
      "src/object/credit.rs": [
        "            } else if all > limits::UNCONFIRMED_BYTES_PER_PARTICIPANT {",
        "            } else if all > limits::UNCONFIRMED_BYTES_PER_PARTICIPANT && !WITHOUT {",
      ],
    },
    "credit-before-another": {
      "src/object/credit.rs": [
        "        if self.pace.counts() && all > limits::UNCONFIRMED_BYTES_PER_PARTICIPANT {",
        "        if self.pace.counts() && all > limits::UNCONFIRMED_BYTES_PER_PARTICIPANT && !WITHOUT {",
      ],
    },
  },
  "… across evictions": {
    "credit-through-sleep": {
      "src/object/credit.rs": [
        "        let Account { sent, confirmed, mark } = account;",
        "        let Account { sent, confirmed, mark } = if WITHOUT { Account::default() } else { account };",
      ],
    },
  },
  "A resume of more than memory holds": {
    "resume-bytes": {
      "src/object/catch_up.rs": [
        "        let mut bytes = limits::RESUME_BYTES;",
        "        let mut bytes = if WITHOUT { usize::MAX } else { limits::RESUME_BYTES };",
      ],
    },
  },
  "Sockets that say nothing": {
    "hello-in-time": {
      "src/object/frames.rs": [
        "self.sockets.first_silent().filter(|(by, _)| *by <= now)",
        "self.sockets.first_silent().filter(|(by, _)| *by <= now && !WITHOUT)",
      ],
    },
  },
  "… for ever, because the object sleeps": {
    "hello-through-sleep": {
      "src/object/sockets.rs": [
        "            match attachment::read(&socket) {",
        `            let opened_at = |attachment: &Attachment| if WITHOUT { super::now() } else { attachment.opened_at };
            let read = attachment::read(&socket).map(|attachment| Attachment { opened_at: opened_at(&attachment), ..attachment });
            match read {`,
      ],
    },
  },
  "… of people who may not enter": {
    "hello-of-those-kept-out": {
      "src/object/calls.rs": [
        "            live.session.state().may_enter(&actor.id)?;\n            live.admit_handshake",
        '            if !WITHOUT && !flagship_protocol::without("ban-at-sockets") {\n                live.session.state().may_enter(&actor.id)?;\n            }\n            live.admit_handshake',
      ],
    },
  },
  "… so many that others find no place": { "hello-places": "sockets-of-a-session" },
};
