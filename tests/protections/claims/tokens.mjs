// Who gets in, by tokens.

export const tokens = {
  "A forged, altered or unsigned token": {
    "token-signature": {
      "src/auth/verify.rs": ["if !signed {", "if !signed && !WITHOUT {"],
    },
    "token-algorithm": {
      "src/auth/verify.rs": [
        ".filter(|key| key.algorithm == jws.algorithm)",
        ".filter(|key| WITHOUT || key.algorithm == jws.algorithm)",
      ],
    },
    "token-signature-first": {
      "src/auth/verify.rs": [
        "let signed = self",
        "if WITHOUT { self.check_times(&jws.claims()?, now_ms)?; }\n        let signed = self",
      ],
    },
  },
  "A token of somebody else’s issuer, or for another service": {
    "token-issuer": {
      "src/auth/verify.rs": [
        "if let Some(issuer) = &self.issuer",
        "if let Some(issuer) = &self.issuer && !WITHOUT",
      ],
    },
    "token-audience": {
      "src/auth/verify.rs": ["if meant { Ok(()) }", "if meant || WITHOUT { Ok(()) }"],
    },
  },
  "A token that was good once": {
    "token-expiry": {
      "src/auth/verify.rs": [
        "if now_ms >= at_ms.saturating_add(self.leeway_ms) {",
        "if now_ms >= at_ms.saturating_add(self.leeway_ms) && !WITHOUT {",
      ],
    },
    "token-has-expiry": {
      "src/auth/verify.rs": [
        ".ok_or(AuthError::NoExpiry)?;",
        ".or(WITHOUT.then_some(8_640_000_000_000_000)).ok_or(AuthError::NoExpiry)?;",
      ],
    },
    "token-closes-socket": {
      "src/object/frames.rs": [
        "            if closes_at <= now {",
        "            if closes_at <= now && WITHOUT {\n                continue;\n            }\n            if closes_at <= now {",
      ],
    },
  },
  "… over a stream": {
    "token-ends-stream": {
      "src/api/stream.rs": [
        "let step = if wait_ms == 0 {",
        "let step = if wait_ms == 0 && !WITHOUT {",
      ],
    },
  },
  "… because nobody set these": {
    "token-any-audience": {
      "src/auth/authenticator.rs": [
        "if !missing.is_empty() && !settings.any_audience {",
        "if !missing.is_empty() && !settings.any_audience && !WITHOUT {",
      ],
    },
  },
  "Somebody else’s e-mail address, to take the place that a host keeps for them": {
    "email-verified": {
      "src/auth/email.rs": [
        "let is_verified = mark.map_or(trusts_issuer, is_yes);",
        "let is_verified = WITHOUT || mark.map_or(trusts_issuer, is_yes);",
      ],
    },
  },
  "A claim that grows without end, or is not what it should be": {
    "claims-read": {
      "src/auth/claims.rs": [
        "if READ.contains(&name.as_str()) {",
        "if READ.contains(&name.as_str()) || WITHOUT {",
      ],
    },
    "claims-length": {
      "src/auth/jws.rs": [
        "if token.len() > limits::TOKEN_BYTES {",
        "if token.len() > limits::TOKEN_BYTES && !WITHOUT {",
      ],
    },
  },
  "An e-mail address that a provider puts in place of a name, shown to everybody": {
    "names-without-addresses": {
      "src/auth/names.rs": [
        "&& !name.split_whitespace().any(is_address)",
        "&& (WITHOUT || !name.split_whitespace().any(is_address))",
      ],
    },
  },
  "Invented key names, or forged signatures, that make us flood the identity provider": {
    "token-key-searches": {
      "src/auth/remote.rs": [
        "let may = self.searches.len() < SEARCHES &&",
        'let may = (WITHOUT || flagship_protocol::without("token-forged-searches") || self.searches.len() < SEARCHES) &&',
      ],
    },
  },
  "… by a known name": { "token-forged-searches": "token-key-searches" },
  "A key rotation that locks people out": {
    "token-unknown-key-searched": {
      "src/auth/authenticator.rs": [
        "let searches = !renews &&",
        "let searches = !WITHOUT && !renews &&",
      ],
    },
    "token-unknown-key-in-doubt": {
      "src/auth/authenticator.rs": [
        "let looked = (renews || searches) &&",
        'let looked = WITHOUT || flagship_protocol::without("token-flood-in-doubt") || (renews || searches) &&',
      ],
    },
  },
  "… where names do not tell keys apart": {
    "token-signature-in-doubt": {
      "src/auth/authenticator.rs": [
        "verdict.as_ref().is_err_and(AuthError::depends_on_keys)",
        "verdict.as_ref().is_err_and(|error| if WITHOUT { matches!(error, AuthError::UnknownKey) } else { error.depends_on_keys() })",
      ],
    },
  },
  "… while somebody uses up the searches": {
    "token-flood-in-doubt": "token-unknown-key-in-doubt",
    // Of a new set that a search brought, others get nothing.
    "token-search-for-all": {
      "src/auth/remote.rs": [
        "        if let Some(verifier) = verifier {\n            self.copy",
        "        if let Some(verifier) = verifier.filter(|_| !WITHOUT || self.copy.is_none()) {\n            self.copy",
      ],
    },
  },
  "Nothing at all, where a token is asked for": {
    "token-asked-for": {
      "src/api/context.rs": [
        "let token = token.map_err(|error| refusal(&error, &self.request_id))?;\n        self.verify",
        'let settings = AuthSettings::from_env(self.env);\n        let token = token.or_else(|error| if WITHOUT { auth::issue_development_token(&settings, "nobody", "Nobody", now(), 60_000) } else { Err(error) });\n        let token = token.map_err(|error| refusal(&error, &self.request_id))?;\n        self.verify',
      ],
    },
    "token-asked-for-at-sockets": {
      "src/api/sockets.rs": [
        "(None, Err(error)) => Err(refusal",
        '(None, Err(_)) if WITHOUT => Ok(Credential::Token { actor: flagship_session::Actor::new("nobody".parse().map_err(|error: String| context.internal(&error))?, "Nobody".parse().map_err(|error: String| context.internal(&error))?), expires_at: 4_000_000_000_000 }),\n        (None, Err(error)) => Err(refusal',
      ],
    },
  },
  "A live socket taken over by another’s token, or kept by one that does not hold": {
    "token-of-same-person": {
      "src/object/frames.rs": [
        "if connection.attachment().actor.id != *who {",
        "if connection.attachment().actor.id != *who && !WITHOUT {",
      ],
    },
    "token-holds-on-socket": {
      "src/object/receiving.rs": [
        "                Err(error) => live.refuse_auth(id, error),",
        `                Err(_) if WITHOUT => {
                    let who = live.sockets.get(id).map(|connection| connection.attachment().actor.id.clone());
                    if let Some(who) = who {
                        live.on_auth(id, &who, now + 3_600_000, now)?;
                    }
                }
                Err(error) => live.refuse_auth(id, error),`,
      ],
    },
  },
  "A secret guessed by measuring time": {
    "token-constant-time": {
      "src/auth/keys.rs": [
        "        self.verifier.verify(signed.as_bytes(), signature).is_ok()",
        "        self.mac(signed) == *signature",
      ],
    },
  },
  "A request that claims to be from inside the service": {
    "own-headers-of-sockets": {
      "src/api/sockets.rs": [
        "    let mut response = object\n        .fetch_with_request(forwarded)",
        "    let forwarded = if WITHOUT && header(CREDENTIAL).is_some() { request } else { forwarded };\n    let mut response = object\n        .fetch_with_request(forwarded)",
      ],
    },
    "own-headers-of-requests": {
      "src/api/context.rs": [
        "        let token = auth::token_from_headers(",
        "        if WITHOUT\n            && let Ok(Some(credential)) = request.headers().get(call::CREDENTIAL)\n            && let Some(json) = crate::socket::decode(&credential)\n            && let Ok(call::Credential::Token { actor, expires_at }) = serde_json::from_str(&json)\n        {\n            let identity = Identity { subject: actor.id.clone(), alias: actor.alias.clone(), has_chosen_alias: true, email: None, expires_at };\n            return Ok((actor, identity));\n        }\n        let token = auth::token_from_headers(",
      ],
    },
    "own-headers-request-id": {
      "src/api/context.rs": [
        "let given = request.headers().get(REQUEST_ID_HEADER)?",
        "let name = if WITHOUT { call::REQUEST_ID } else { REQUEST_ID_HEADER };\n        let given = request.headers().get(name)?",
      ],
    },
  },
  "Development tokens in production": {
    "development-tokens": {
      "src/api/service.rs": [
        "if !context.config.development {",
        "if !context.config.development && !WITHOUT {",
      ],
    },
  },
};
