// Storage that fails.

export const storage = {
  "Something is shown that was not stored, or stored and never shown": {
    "storage-dropped-from-memory": {
      "src/object/memory.rs": [
        "            if let Some(live) = memory.take() {",
        "            if let Some(live) = if WITHOUT { None } else { memory.take() } {",
      ],
    },
  },
  "… in the alarm, when nobody asks again": {
    "storage-alarm-again": {
      "src/object/wake.rs": [
        "                Some(retry) => retry,\n                None => return",
        "                Some(retry) if !WITHOUT => retry,\n                _ => return",
      ],
    },
  },
  "A session that is half created can neither be used nor created": {
    // Beside the transaction, what is left is removed by the next attempt: of which either is enough for most writes.
    "storage-created-whole": {
      "src/object/calls.rs": [
        `        let live = journal.together(|journal| {
            let plan = NewSession { id, title, anonymous };
            self.begin(journal, plan, &mut actor, key)
        })?;`,
        `        let plan = NewSession { id, title, anonymous };
        let live = if WITHOUT {
            self.begin(&journal, plan, &mut actor, key)?
        } else {
            journal.together(|journal| self.begin(journal, plan, &mut actor, key))?
        };`,
      ],
    },
    // What versions before left of a creation that failed.
    "storage-left-from-before": {
      "src/object/schema.rs": [
        "    for table in left {",
        '    for table in left.into_iter().filter(|_| !WITHOUT && !flagship_protocol::without("storage-created-whole")) {',
      ],
    },
  },
};
