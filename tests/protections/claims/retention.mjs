// What should be gone. Each table that has something of a session has a removal of its own.

/** The statement that deletes from a table is left out. */
const kept = `.filter(|statement| {
        let table = statement.split(' ').nth(2).unwrap_or_default();
        !flagship_protocol::without(&format!("retention-of-{table}"))
    })`;

export const retention = {
  "What should be gone is kept": {
    "retention-of-object": {
      "src/object/erasing.rs": [
        "        storage.delete_all().await?;",
        "        if !WITHOUT {\n            storage.delete_all().await?;\n        }",
      ],
    },
    "retention-of-messages": {
      "src/database/retention.rs": [
        ["    loop {\n", "    while !WITHOUT {\n"],
        ["    let rest = REST.iter()", `    let rest = REST.iter()${kept}`],
      ],
    },
    "retention-of-direct_messages": "retention-of-messages",
    "retention-of-room_members": "retention-of-messages",
    "retention-of-members": "retention-of-messages",
    "retention-of-rooms": "retention-of-messages",
    "retention-of-sessions": "retention-of-messages",
  },
};
