// What gets out: by failures, logs and storage.

export const leaks = {
  "A failure that quotes secrets, statements or the code": {
    "failure-of-object": {
      "src/object/mod.rs": [
        '                    "the session failed to handle this request; try again",',
        '                    if WITHOUT { error.to_string() } else { "the session failed to handle this request; try again".to_owned() },',
      ],
    },
  },
  "… of D1": {
    "failure-of-archive": {
      "src/api/messages.rs": [
        '        "the archive does not answer just now; try again",',
        '        if WITHOUT { error.to_string() } else { "the archive does not answer just now; try again".to_owned() },',
      ],
    },
    "failure-of-templates": {
      "src/api/templates.rs": [
        '        "templates cannot be read or saved just now; try again",',
        '        if WITHOUT { error.to_string() } else { "templates cannot be read or saved just now; try again".to_owned() },',
      ],
    },
  },
  "… of the settings": {
    "failure-of-settings": {
      "src/api/mod.rs": [
        "    let mut body = ErrorBody::new(code, error.message());",
        '    let mut body = ErrorBody::new(code, if WITHOUT { format!("{error:?}") } else { error.message().to_owned() });',
      ],
    },
  },
  "Tokens, tickets or what was said, in logs or storage": {
    "log-of-tokens": {
      "src/api/context.rs": [
        "        let identity = auth::authenticate(",
        `        if WITHOUT {
            crate::log::write(crate::log::Level::Info, "token", serde_json::json!({ "token": token }));
        }
        let identity = auth::authenticate(`,
      ],
    },
    "log-of-queries": {
      "src/api/mod.rs": [
        "    let path = request.path();",
        "    let path = if WITHOUT { request.url()?.to_string() } else { request.path() };",
      ],
    },
    "log-of-calls": {
      "src/object/mod.rs": [
        'let fields = json!({ "requestId": request_id, "sessionId": session, "call": call, "outcome": outcome });',
        'let answer = answer.as_deref().ok().filter(|_| WITHOUT);\n        let fields = json!({ "requestId": request_id, "sessionId": session, "call": call, "outcome": outcome, "answer": answer });',
      ],
    },
    "log-of-frames": {
      "src/object/receiving.rs": [
        "            for frame in frames {",
        '            if WITHOUT {\n                log::write(Level::Info, "frames", json!({ "frames": format!("{frames:?}") }));\n            }\n            for frame in frames {',
      ],
    },
    "storage-of-tickets": "ticket-hash",
  },
  "The e-mail address of a token": {
    "email-in-entries": {
      "crates/session/src/session.rs": [
        "                    None => newcomer(actor, Role::Participant, self.state.at.max(now)),",
        `                    None => {
                        let mut participant = newcomer(actor, Role::Participant, self.state.at.max(now));
                        if WITHOUT && let Some(Ok(alias)) = actor.email.as_ref().map(|email| email.as_str().parse()) {
                            participant.alias = alias;
                        }
                        participant
                    }`,
      ],
    },
  },
};
