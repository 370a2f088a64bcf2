//! Turns serde's messages, which speak of the code, into words for people.

/// What is wrong, and what is expected instead.
pub(super) fn plain(message: &str) -> String {
    if missing_field(message).is_some() {
        return "is missing".into();
    }
    // The last one: what was found may be a text that says anything.
    let Some((found, expected)) = message.rsplit_once(", expected ") else {
        return message.to_owned();
    };
    if found.starts_with("unknown variant ") {
        let known = expected.strip_prefix("one of ").unwrap_or(expected).replace('`', "");
        return format!("must be one of {known}");
    }
    let Some(found) = found
        .strip_prefix("invalid type: ")
        .or_else(|| found.strip_prefix("invalid value: "))
    else {
        return message.to_owned();
    };
    format!("must be {}, and this is {}", expectation(expected), finding(found))
}

/// The field that is missing, if that is what a message says.
pub(super) fn missing_field(message: &str) -> Option<&str> {
    message.strip_prefix("missing field `")?.strip_suffix('`')
}

/// serde_json ends its messages with a position that means nothing once part of a frame was cut out.
pub(super) fn without_position(message: &str) -> &str {
    message
        .rfind(" at line ")
        .and_then(|end| message.get(..end))
        .unwrap_or(message)
}

fn expectation(expected: &str) -> &str {
    match expected {
        "a string" | "a borrowed string" | "str" => "text",
        "a boolean" => "true or false",
        "f64" | "f32" => "a number",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number, 0 or more",
        "i8" | "i16" | "i32" | "i64" => "a whole number",
        "a sequence" => "an array",
        "a map" | "map" => "an object",
        // Structs are objects on the wire.
        code if code.starts_with("struct ") || code.contains("enum") => "an object",
        words => words,
    }
}

fn finding(found: &str) -> String {
    let (kind, value) = found.split_once(' ').unwrap_or((found, ""));
    let value = value.trim_matches('`');
    match kind {
        "integer" => value.to_owned(),
        "floating" => value
            .strip_prefix("point ")
            .unwrap_or(value)
            .trim_matches('`')
            .to_owned(),
        "boolean" => value.to_owned(),
        // Texts can be long, and they are the client's own.
        "string" => "text".into(),
        "map" => "an object".into(),
        "sequence" => "an array".into(),
        _ => found.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speaks_of_the_wire_and_not_of_the_code() {
        for (code, words) in [
            ("missing field `name`", "is missing"),
            (
                "invalid type: integer `42`, expected struct Tagged",
                "must be an object, and this is 42",
            ),
            (
                "invalid type: string \"a, expected b\", expected u32",
                "must be a whole number, 0 or more, and this is text",
            ),
            (
                "invalid value: integer `-1`, expected u64",
                "must be a whole number, 0 or more, and this is -1",
            ),
            (
                "invalid type: floating point `1.5`, expected u32",
                "must be a whole number, 0 or more, and this is 1.5",
            ),
            (
                "invalid type: null, expected a string",
                "must be text, and this is null",
            ),
            (
                "invalid type: map, expected a boolean",
                "must be true or false, and this is an object",
            ),
            (
                "unknown variant `queen`, expected one of `participant`, `host`",
                "must be one of participant, host",
            ),
            (
                "must be 1 to 80 characters, and this is empty",
                "must be 1 to 80 characters, and this is empty",
            ),
        ] {
            assert_eq!(plain(code), words, "{code}");
        }
    }

    #[test]
    fn leaves_out_positions() {
        assert_eq!(without_position("odd at line 1 column 7"), "odd");
        assert_eq!(without_position("odd"), "odd");
    }
}
