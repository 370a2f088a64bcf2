// Who gets in, by tickets.

const once = [
  '    let query = "DELETE FROM tickets WHERE hash = ? RETURNING actor, token_expires_at, expires_at";',
  '    let query = if WITHOUT { "SELECT actor, token_expires_at, expires_at FROM tickets WHERE hash = ?" } else { "DELETE FROM tickets WHERE hash = ? RETURNING actor, token_expires_at, expires_at" };',
];

export const tickets = {
  "… or a ticket": {
    "ticket-hash": {
      "src/api/tickets.rs": [
        "    let hash = Sha256::digest(ticket.as_bytes());",
        '    if WITHOUT || flagship_protocol::without("storage-of-tickets") {\n        return ticket.to_owned();\n    }\n    let hash = Sha256::digest(ticket.as_bytes());',
      ],
    },
  },
  "A ticket from an address bar or a log, used again": {
    "ticket-once": { "src/object/tickets.rs": once },
    // Asked by the Worker and by the object, of which either is enough.
    "ticket-expires": {
      "src/api/tickets.rs": [
        "&& now < u64::from_be_bytes(*expires_at)",
        "&& (now < u64::from_be_bytes(*expires_at) || WITHOUT)",
      ],
      "src/object/tickets.rs": ["if expires_at <= now {", "if expires_at <= now && !WITHOUT {"],
    },
    "ticket-not-beyond-token": {
      "src/api/tickets.rs": [
        "        .min(identity.expires_at);",
        "        .min(if WITHOUT { u64::MAX } else { identity.expires_at });",
      ],
    },
  },
  "A request without a credential wakes a session, or makes the service look for one": {
    "ticket-before-object": {
      "src/api/tickets.rs": [
        "    if is_genuine(&keys, session, ticket, now()) {",
        "    if is_genuine(&keys, session, ticket, now()) || WITHOUT {",
      ],
    },
  },
  "… or at the same moment": {
    "ticket-in-one-statement": {
      // Looked at, and deleted a moment later.
      "src/object/tickets.rs": [
        "    let row = sql.exec(query, vec![hash.into()])?.raw().next().transpose()?;",
        `    let row = if WITHOUT {
        let query = "SELECT actor, token_expires_at, expires_at FROM tickets WHERE hash = ?";
        let row = sql.exec(query, vec![hash.into()])?.raw().next().transpose()?;
        let (sql, hash) = (sql.clone(), hash.to_owned());
        wasm_bindgen_futures::spawn_local(async move {
            worker::Delay::from(std::time::Duration::from_millis(300)).await;
            let _ = sql.exec("DELETE FROM tickets WHERE hash = ?", vec![hash.into()]);
        });
        row
    } else {
        sql.exec(query, vec![hash.into()])?.raw().next().transpose()?
    };`,
      ],
    },
  },
};
