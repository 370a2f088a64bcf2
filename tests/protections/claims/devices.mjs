// Clients that are gone and hold their place.

export const devices = {
  "A client that has gone and holds its place": {
    "lease-of-sockets": {
      "src/object/silence.rs": [
        "                pinged.is_some_and(",
        "                !WITHOUT && pinged.is_some_and(",
      ],
    },
    "lease-of-sockets-looked-for": {
      "src/object/silence.rs": [
        "        if self.sockets.len() == 0 {",
        "        if self.sockets.len() == 0 || WITHOUT {",
      ],
    },
    "lease-of-listeners": {
      "src/object/presence.rs": [
        "        for who in journal.together(|_| self.listeners.take_ended(now))? {",
        "        for who in journal.together(|_| self.listeners.take_ended(now))?.into_iter().filter(|_| !WITHOUT) {",
      ],
    },
  },
  "… because it was put out": {
    "forgotten-when-closed": {
      "src/object/sending.rs": [
        "        let Some(connection) = self.forget(id, now) else {\n            return;\n        };",
        "        if WITHOUT {\n            if let Some(connection) = self.sockets.get(id) {\n                connection.close(code);\n            }\n            return;\n        }\n        let Some(connection) = self.forget(id, now) else {\n            return;\n        };",
      ],
    },
    "forgotten-through-sleep": {
      "src/object/attachment.rs": ["            closed: true,", "            closed: !WITHOUT,"],
    },
  },
};
