// What should be gone. Each table that has something of a session has a removal of its own.

/** Whether a table is left out, by its name. */
const isKept = 'flagship_protocol::without(&format!("retention-of-{table}"))';

export const retention = {
  "What should be gone is kept": {
    "retention-of-object": {
      "src/object/erasing.rs": [
        "        try_join(storage.delete_all(), storage.delete_alarm()).await?;",
        `        if !WITHOUT && !flagship_protocol::without("unused-in-object") {
            try_join(storage.delete_all(), storage.delete_alarm()).await?;
        }`,
      ],
    },
    "retention-of-messages": {
      "src/database/retention.rs": [
        [
          "    for (table, key) in LARGE {",
          `    for (table, key) in LARGE.into_iter().filter(|(table, _)| !${isKept}) {`,
        ],
        [
          "    let rest = tables\n        .iter()\n",
          `    let rest = tables
        .iter()
        .filter(|Table { name: table }| !${isKept})
`,
        ],
        [
          '    let rest = rest.chain(["DELETE FROM sessions WHERE id = ?1".to_owned()]);',
          '    let sessions = (!flagship_protocol::without("retention-of-sessions")).then(|| "DELETE FROM sessions WHERE id = ?1".to_owned());\n    let rest = rest.chain(sessions);',
        ],
      ],
    },
    "retention-of-direct_messages": "retention-of-messages",
    "retention-of-room_members": "retention-of-messages",
    "retention-of-room_stays": "retention-of-messages",
    "retention-of-members": "retention-of-messages",
    "retention-of-rooms": "retention-of-messages",
    "retention-of-sessions": "retention-of-messages",
  },
  "… because something else cannot be deleted": {
    "retention-later": {
      "src/retention.rs": [
        "        if level != Level::Info {",
        "        if level != Level::Info && !WITHOUT {",
      ],
    },
    "retention-archived-first": {
      "src/object/erasing.rs": [
        "            self.drain().await?;",
        "            if !WITHOUT {\n                self.drain().await?;\n            }",
      ],
    },
  },
};
