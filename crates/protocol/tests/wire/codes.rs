//! Codes and limits.

use flagship_protocol::close::CloseCode;
use flagship_protocol::error::ErrorCode;
use serde_json::{Value, json};

#[test]
fn codes_and_limits_look_like_this() {
    let errors: Vec<Value> = ErrorCode::ALL
        .iter()
        .map(|code| json!([code, code.status(), code.title(), code.retryable()]))
        .collect();
    assert!(ErrorCode::ALL.iter().all(|code| json!(code) == json!(code.tag())));
    insta::assert_json_snapshot!("error_codes", errors);
    let closes: Vec<Value> = CloseCode::ALL
        .iter()
        .map(|code| json!([code.code(), code.reason(), code.after()]))
        .collect();
    assert!(CloseCode::ALL.iter().all(|code| (4_000..5_000).contains(&code.code())));
    insta::assert_json_snapshot!("close_codes", closes);
}
