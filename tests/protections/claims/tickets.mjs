// Who gets in, by tickets.

const once = [
  '    let query = "DELETE FROM tickets WHERE hash = ? RETURNING actor, token_expires_at, expires_at";',
  '    let query = if WITHOUT { "SELECT actor, token_expires_at, expires_at FROM tickets WHERE hash = ?" } else { "DELETE FROM tickets WHERE hash = ? RETURNING actor, token_expires_at, expires_at" };',
];

export const tickets = {
  "… or a ticket": {
    "ticket-hash": {
      "src/object/tickets.rs": [
        "    Sha256::digest(ticket.as_bytes())",
        '    if WITHOUT || flagship_protocol::without("storage-of-tickets") {\n        return ticket.to_owned();\n    }\n    Sha256::digest(ticket.as_bytes())',
      ],
    },
  },
  "A ticket from an address bar or a log, used again": {
    "ticket-once": { "src/object/tickets.rs": once },
    "ticket-expires": {
      "src/object/tickets.rs": ["if expires_at <= now {", "if expires_at <= now && !WITHOUT {"],
    },
    "ticket-not-beyond-token": {
      "src/object/tickets.rs": [
        ".min(token_expires_at);",
        ".min(if WITHOUT { u64::MAX } else { token_expires_at });",
      ],
    },
  },
  "… or at the same moment": {
    "ticket-in-one-statement": {
      // Looked at, and deleted a moment later.
      "src/object/tickets.rs": [
        "    let row = sql.exec(query, vec![hash(ticket).into()])?.raw().next().transpose()?;",
        `    let row = if WITHOUT {
        let query = "SELECT actor, token_expires_at, expires_at FROM tickets WHERE hash = ?";
        let row = sql.exec(query, vec![hash(ticket).into()])?.raw().next().transpose()?;
        let (sql, hash) = (sql.clone(), hash(ticket));
        wasm_bindgen_futures::spawn_local(async move {
            worker::Delay::from(std::time::Duration::from_millis(300)).await;
            let _ = sql.exec("DELETE FROM tickets WHERE hash = ?", vec![hash.into()]);
        });
        row
    } else {
        sql.exec(query, vec![hash(ticket).into()])?.raw().next().transpose()?
    };`,
      ],
    },
  },
};
