// Other people's pages.

export const pages = {
  "A page of another origin acts with somebody’s rights": {
    "origin-of-requests": {
      "src/api/cors.rs": [
        "Some(origin) if !context.config.allows_origin(origin, &context.address.origin) => {",
        "Some(origin) if !context.config.allows_origin(origin, &context.address.origin) && !WITHOUT => {",
      ],
    },
  },
  "… over a WebSocket, which no browser checks": {
    "origin-of-sockets": {
      "src/api/mod.rs": [
        "    if let Err(error) = cors::check(context) {",
        '    if WITHOUT && request.path().ends_with("/socket") {\n    } else if let Err(error) = cors::check(context) {',
      ],
    },
  },
  "The page framed by another (clickjacking)": {
    "page-framed": {
      "client/app/public/_headers": ["frame-ancestors 'none'; ", ""],
    },
  },
  "Markup in a name or a message runs (XSS)": {
    "page-markup": {
      "client/react/src/chat/message-body.tsx": [
        "          <MessageText content={message.content} mentions={message.mentions} />",
        "          <span dangerouslySetInnerHTML={{ __html: message.content }} />",
      ],
    },
    "page-inline-scripts": {
      "client/app/public/_headers": ["script-src 'self';", "script-src 'self' 'unsafe-inline';"],
    },
    "page-foreign-scripts": {
      "client/app/public/_headers": ["default-src 'self';", "default-src 'self' https:;"],
    },
  },
  "An answer of the API taken for a page or a script": {
    "answers-careful": {
      "src/api/headers.rs": [
        "    for (name, value) in CAREFUL {",
        "    for (name, value) in CAREFUL.into_iter().filter(|_| !WITHOUT) {",
      ],
    },
    "answers-careful-when-refused": {
      "src/api/headers.rs": [
        "        headers.set(name, value)?;\n    }",
        "        headers.set(name, value)?;\n        if WITHOUT && status >= 400 {\n            headers.delete(name)?;\n        }\n    }",
      ],
    },
  },
};
