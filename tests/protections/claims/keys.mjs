// The keys of the deployment.

export const keys = {
  "The creator of an anonymous session is picked from a list of people, by its link": {
    "ids-keyed": {
      "src/keyring.rs": [
        "        Key(key)\n",
        "        if WITHOUT {\n            return Key([0; 32]);\n        }\n        Key(key)\n",
      ],
    },
  },
  "The key of the deployment is missing, short or unreadable": {
    "keys-there": {
      "src/keyring.rs": [
        "        Self::parse(&env.var(SETTING).map(|value| value.to_string()).unwrap_or_default())",
        `        let list = env.var(SETTING).map(|value| value.to_string()).unwrap_or_default();
        if WITHOUT && list.is_empty() {
            return Self::parse("CwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCws");
        }
        Self::parse(&list)`,
      ],
    },
    "keys-long-enough": {
      "src/keyring.rs": [
        "if secret.len() < MIN_SECRET_BYTES {",
        "if secret.len() < MIN_SECRET_BYTES && !WITHOUT {",
      ],
    },
  },
  "… or replaced by a deployment": {
    "keys-not-replaced": {
      "scripts/deploy-keys.mjs": ["  if (hasKeys(listed)) return;", "  hasKeys(listed);"],
    },
  },
};
