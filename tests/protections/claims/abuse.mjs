// Too much of something.

export const abuse = {
  "A flood of requests from one address": {
    "rate-of-address": {
      "src/api/rates.rs": [
        "        Some(address) => check(BY_ADDRESS,",
        "        Some(_) if WITHOUT => Ok(()),\n        Some(address) => check(BY_ADDRESS,",
      ],
    },
    "rate-of-network": {
      "src/api/rates.rs": [
        "        Ok(IpAddr::V6(address)) if address.to_ipv4_mapped().is_none() => {",
        "        Ok(IpAddr::V6(address)) if address.to_ipv4_mapped().is_none() && !WITHOUT => {",
      ],
    },
  },
  "A flood by one person from many addresses": {
    "rate-of-identity": {
      "src/api/rates.rs": [
        "    check(BY_IDENTITY,",
        "    if WITHOUT {\n        return Ok(());\n    }\n    check(BY_IDENTITY,",
      ],
    },
  },
  "A participant who floods a session": {
    "rate-of-participant": {
      "src/object/pace.rs": [
        "cost: u64, now: u64) -> Result<(), Failure> {\n        if !self.counts {",
        "cost: u64, now: u64) -> Result<(), Failure> {\n        if !self.counts || WITHOUT {",
      ],
    },
  },
  "Sockets without end": {
    "sockets-of-a-person": {
      "src/object/calls.rs": [
        "let many = live.sockets.of(&actor.id).count() >= limits::SOCKETS_PER_PARTICIPANT",
        "let many = live.sockets.of(&actor.id).count() >= limits::SOCKETS_PER_PARTICIPANT && !WITHOUT",
      ],
    },
  },
  "… of a session, by many": {
    "sockets-of-a-session": {
      "src/object/calls.rs": [
        "|| live.sockets.ready_len() >= limits::SOCKETS_PER_SESSION;",
        '|| (if flagship_protocol::without("hello-places") { live.sockets.len() } else { live.sockets.ready_len() }) >= limits::SOCKETS_PER_SESSION && !WITHOUT;',
      ],
    },
  },
  "Tickets without end": {
    "tickets-of-a-person": {
      "src/object/tickets.rs": [
        "    if unused >= limits::TICKETS_PER_PARTICIPANT as usize {",
        "    if unused >= limits::TICKETS_PER_PARTICIPANT as usize && !WITHOUT {",
      ],
    },
  },
  "Sessions without end, by one person": {
    "rate-of-sessions": {
      "src/api/sessions.rs": [
        "let limited = rates::check_creation(&actor.id, context).await.err();",
        "let limited = rates::check_creation(&actor.id, context).await.err().filter(|_| !WITHOUT);",
      ],
    },
  },
  "… which nobody uses": {
    "unused-forgotten": {
      "crates/session/src/unused.rs": [
        "        is_unused.then(||",
        "        (is_unused && !WITHOUT).then(||",
      ],
    },
    "unused-in-archive": {
      "src/object/forgetting.rs": [
        "        let database = database::open(&self.env, unused.shard)?;",
        "        if WITHOUT {\n            return Ok(());\n        }\n        let database = database::open(&self.env, unused.shard)?;",
      ],
    },
    "unused-in-object": "retention-of-object",
  },
  "Ids of sessions that are not there": {
    "nothing-for-nobody": {
      "src/object/wake.rs": [
        "        if version == 0 {",
        "        if version == 0 {\n            if WITHOUT {\n                schema::upgrade(&sql)?;\n            }",
      ],
    },
  },
  "A search made slow by texts of characters that stand for eighteen others": {
    "search-cost": {
      "crates/session/src/search.rs": [
        "        self.left == 0\n",
        "        self.left == 0 && !WITHOUT\n",
      ],
    },
  },
  "… or by a long list of tags": {
    "tags-bound": {
      "crates/assignment/src/tags.rs": [
        "        if pairs > limits::TAG_PAIRS {",
        "        if pairs > limits::TAG_PAIRS && !WITHOUT {",
      ],
    },
    "tags-shared-alone": {
      "crates/assignment/src/tags.rs": [
        "    holders.retain(|_, holders| *holders > 1);",
        "    holders.retain(|_, holders| *holders > 1 || WITHOUT);",
      ],
    },
  },
};
