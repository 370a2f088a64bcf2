// What is sent.

export const input = {
  "SQL in a text": {
    "sql-in-archive": {
      "src/database/batch.rs": [
        '            add(PLAIN_MESSAGES, &[session, &format!("[{rows}]")])?;',
        `            if WITHOUT {
                add(&PLAIN_MESSAGES.replace("?2", &format!("'[{rows}]'")), &[session])?;
                continue;
            }
            add(PLAIN_MESSAGES, &[session, &format!("[{rows}]")])?;`,
      ],
    },
    "sql-in-journal": {
      "src/object/journal.rs": [
        '            .map_err(|error| worker::Error::RustError(format!("the journal was not written: {error:?}")))?;',
        `            .map_err(|error| worker::Error::RustError(format!("the journal was not written: {error:?}")))?;
        if WITHOUT {
            let events = copy.as_deref().unwrap_or(&events);
            self.sql.exec(&format!("UPDATE journal SET events = '{events}' WHERE rev = {}", entry.rev), None)?;
        }`,
      ],
    },
  },
  "Input that is too long, too deep or of the wrong type": {
    "input-length": {
      "crates/protocol/src/text/rules.rs": [
        "        count if count > max => Err(",
        "        count if count > max && !WITHOUT => Err(",
      ],
    },
    "input-blank": {
      "crates/protocol/src/text/rules.rs": [
        "    if text.chars().all(char::is_whitespace) {",
        "    if text.chars().all(char::is_whitespace) && !WITHOUT {",
      ],
    },
    "input-control-characters": {
      "crates/protocol/src/text/rules.rs": [
        "    if text.chars().any(|c| c.is_control() && !matches!(c, '\\n' | '\\r' | '\\t')) {",
        "    if text.chars().any(|c| c.is_control() && !matches!(c, '\\n' | '\\r' | '\\t')) && !WITHOUT {",
      ],
    },
    "input-lines": {
      "crates/protocol/src/text/rules.rs": [
        "    if trimmed.chars().any(char::is_control) {",
        "    if trimmed.chars().any(char::is_control) && !WITHOUT {",
      ],
    },
  },
  "A body without an end, announced or not": {
    "body-limit": {
      "src/body.rs": [
        "        if chunk.len() > limit.saturating_sub(body.len()) {",
        "        if chunk.len() > limit.saturating_sub(body.len()) && !WITHOUT {",
      ],
    },
  },
  "A key that is used again for something else": {
    "template-request": {
      "src/database/templates.rs": [
        "            Some(request) => *request == request_of(name, session),",
        "            Some(request) => *request == request_of(name, session) || WITHOUT,",
      ],
    },
  },
  "A name or message that cannot be seen, or turns around what is shown after it": {
    // Also what remains of the rule that a text is not blank.
    "texts-visible": {
      "crates/protocol/src/text/rules.rs": [
        "    if !is_visible(text) {",
        '    if !is_visible(text) && !WITHOUT && !crate::without("input-blank") {',
      ],
    },
    "texts-direction": {
      "crates/protocol/src/text/rules.rs": [
        "    if !keeps_direction(text) {",
        "    if !keeps_direction(text) && !WITHOUT {",
      ],
    },
    "texts-given": {
      "crates/protocol/src/text.rs": [
        "let read = if $crate::text::input::is_read() {",
        'let read = if ($crate::text::input::is_read() && !WITHOUT) || $crate::without("texts-stored") {',
      ],
    },
    "texts-cleaned": {
      "crates/protocol/src/text/characters.rs": [
        ".filter(|c| !c.is_control() && !is_line_end(*c) && !is_directing(*c));",
        ".filter(|c| WITHOUT || !c.is_control() && !is_line_end(*c) && !is_directing(*c));",
      ],
    },
  },
  "… in what is stored already": { "texts-stored": "texts-given" },
  "Frames that break a socket": {
    "frames-refused-by-themselves": {
      "src/object/frames.rs": [
        "            Ok(()) => self.nack(id, bad.id, bad.error.into()),",
        "            Ok(()) if WITHOUT => {}\n            Ok(()) => self.nack(id, bad.id, bad.error.into()),",
      ],
    },
    "frames-spoil-nothing": {
      "src/object/receiving.rs": [
        "            Err(bad) => self.turn(Some(id), |live| {",
        '            Err(_) if WITHOUT => Err(Failure::Broken(Error::RustError("a bad frame".into()))),\n            Err(bad) => self.turn(Some(id), |live| {',
      ],
    },
    "frames-size": {
      "crates/protocol/src/frames/client.rs": [
        "    if text.len() > limits::FRAME_BYTES {",
        "    if text.len() > limits::FRAME_BYTES && !WITHOUT {",
      ],
    },
    "frames-count": {
      "crates/protocol/src/frames/client.rs": [
        "    if frames.len() > limits::FRAMES_PER_MESSAGE {",
        "    if frames.len() > limits::FRAMES_PER_MESSAGE && !WITHOUT {",
      ],
    },
  },
  "Commands that nobody thought of": {
    "commands-refused-change-nothing": {
      "crates/session/src/session.rs": [
        "                if let Some(before) = before {",
        "                if let Some(before) = before.filter(|_| !WITHOUT) {",
      ],
    },
    "commands-once": {
      "crates/session/src/session.rs": [
        "        if let Some(rev) = self.keys.find(&actor.id, key) {",
        "        if let Some(rev) = self.keys.find(&actor.id, key).filter(|_| !WITHOUT) {",
      ],
    },
  },
  "A formula in a table that is exported": {
    "formulas-in-debrief": {
      "src/api/debrief.rs": [
        "    if text.starts_with(['=', '+', '-', '@', '\\t', '\\r']) {",
        "    if text.starts_with(['=', '+', '-', '@', '\\t', '\\r']) && !WITHOUT {",
      ],
    },
    "formulas-in-lists": {
      "crates/assignment/src/csv/guard.rs": [
        '    let guard = if is_risky(text) { "\'" } else { "" };',
        '    let guard = if is_risky(text) && !WITHOUT { "\'" } else { "" };',
      ],
    },
  },
};
