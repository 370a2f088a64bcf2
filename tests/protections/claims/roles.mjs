// Who may do what, and in whose name.

export const roles = {
  "Somebody does what their role may not": {
    "roles-table": {
      "crates/session/src/permissions.rs": [
        "if needs.contains(&have) {",
        "if needs.contains(&have) || WITHOUT {",
      ],
    },
    "roles-after-the-end": {
      "crates/session/src/permissions.rs": [
        "    if state == SessionState::Ended && !outlives_end(command) {",
        '    if state == SessionState::Ended && (!outlives_end(command) || flagship_protocol::without("moderation-after-the-end")) && !WITHOUT {',
      ],
    },
  },
  "Somebody speaks in another’s name": {
    "sender-of-requests": {
      "src/api/sessions.rs": [
        "    let (actor, _) = context.identity(&request).await?;\n    let session = params.session()?;\n    let body: CommandBody = json(&mut request).await?;",
        `    let (mut actor, _) = context.identity(&request).await?;
    let session = params.session()?;
    let sent = text(&mut request).await?;
    let body: CommandBody = flagship_protocol::decode::from_json(&sent)?;
    if WITHOUT {
        let sent: serde_json::Value = serde_json::from_str(&sent).unwrap_or_default();
        let named = sent.pointer("/command/senderId").and_then(|id| id.as_str());
        if let Some(Ok(id)) = named.map(str::parse) {
            actor.id = id;
        }
    }`,
      ],
    },
    "sender-of-messages": {
      "src/api/messages.rs": [
        "    let (actor, _) = context.identity(&request).await?;\n    let key = context.key(&request)?;\n    let command: SendMessage = json(&mut request).await?;",
        `    let (mut actor, _) = context.identity(&request).await?;
    let key = context.key(&request)?;
    let sent = super::context::text(&mut request).await?;
    let command: SendMessage = flagship_protocol::decode::from_json(&sent)?;
    if WITHOUT {
        let sent: serde_json::Value = serde_json::from_str(&sent).unwrap_or_default();
        if let Some(Ok(id)) = sent["senderId"].as_str().map(str::parse) {
            actor.id = id;
        }
    }`,
      ],
    },
    "sender-of-frames": {
      "src/object/receiving.rs": [
        "                Incoming::Text(text) => {",
        `                Incoming::Text(text) => {
                    let sent: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
                    let named = sent.pointer("/command/senderId").and_then(|id| id.as_str());
                    if WITHOUT && let Some(Ok(named)) = named.map(str::parse) {
                        let _ = self.storage(|live| live.sockets.change(id, |attachment| attachment.actor.id = named));
                    }`,
      ],
    },
  },
  "Another’s idempotency key is guessed to learn or block an answer": {
    "keys-of-a-person": {
      "crates/session/src/idempotency.rs": [
        "    hasher.write(actor.as_str().as_bytes());",
        "    if !WITHOUT {\n        hasher.write(actor.as_str().as_bytes());\n    }",
      ],
    },
  },
  "A session’s id is guessed": {
    "ids-of-a-person": {
      "src/api/derived_id.rs": [
        "    let code = ids.code(&[what.as_bytes(), actor.id.as_str().as_bytes(), key.as_str().as_bytes()]);",
        `    let who: &[u8] = if WITHOUT { b"" } else { actor.id.as_str().as_bytes() };
    let named: &[u8] = if flagship_protocol::without("ids-of-a-key") { b"" } else { key.as_str().as_bytes() };
    let code = ids.code(&[what.as_bytes(), who, named]);`,
      ],
    },
    "ids-of-a-key": "ids-of-a-person",
  },
};
