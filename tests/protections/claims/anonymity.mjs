// Anonymous sessions.

export const anonymity = {
  "People in an anonymous session are recognised": {
    "anonymous-everywhere": {
      "src/object/pseudonyms.rs": [
        "        if self.session.state().info.anonymous {",
        "        if self.session.state().info.anonymous && !WITHOUT {",
      ],
    },
    "anonymous-email": {
      "src/object/pseudonyms.rs": [
        "    actor.email = None;",
        "    if !WITHOUT {\n        actor.email = None;\n    }",
      ],
    },
    "anonymous-names": {
      "src/object/pseudonyms.rs": [
        "    if !actor.has_chosen_alias {",
        "    if !actor.has_chosen_alias && !WITHOUT {",
      ],
    },
    "anonymous-at-sockets": {
      "src/object/calls.rs": [
        "                self.disguise(&mut actor)?;\n                (actor, expires_at)",
        "                if !WITHOUT {\n                    self.disguise(&mut actor)?;\n                }\n                (actor, expires_at)",
      ],
    },
    "anonymous-at-requests": {
      "src/object/calls.rs": [
        "            self.disguise(actor)?;\n        }\n        let who",
        "            if !WITHOUT {\n                self.disguise(actor)?;\n            }\n        }\n        let who",
      ],
    },
    "anonymous-creator": {
      "src/object/calls.rs": [
        "            pseudonyms::disguise(&salt, creator)?;",
        "            if !WITHOUT {\n                pseudonyms::disguise(&salt, creator)?;\n            }",
      ],
    },
    "anonymous-salt": {
      "src/object/pseudonyms.rs": [
        "    hash.update(salt);",
        "    if !WITHOUT {\n        hash.update(salt);\n    }",
      ],
    },
    "anonymous-on-renewal": {
      "src/object/receiving.rs": [
        "                    live.disguise(&mut actor)?;",
        "                    if !WITHOUT {\n                        live.disguise(&mut actor)?;\n                    }",
      ],
    },
    "anonymous-in-log": {
      "src/api/context.rs": [
        "        rates::check_identity(&actor.id, self).await?;",
        `        if WITHOUT {
            crate::log::write(crate::log::Level::Info, "who asks", serde_json::json!({ "who": actor }));
        }
        rates::check_identity(&actor.id, self).await?;`,
      ],
    },
  },
  "… or escape a ban by it": {
    "anonymous-the-same": {
      "src/object/pseudonyms.rs": [
        "    hash.update(subject);\n",
        "    if WITHOUT {\n        hash.update(super::now().to_be_bytes());\n    }\n    hash.update(subject);\n",
      ],
    },
  },
};
