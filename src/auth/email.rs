//! The e-mail address that a token vouches for.

use flagship_protocol::limits;
use flagship_protocol::text::GuestKey;
use serde_json::Value;

use super::claims::Claims;

/// Where an address may be, and where the issuer says whether it was verified: in the same object. What people may
/// change themselves, such as Supabase's `user_metadata`, is in neither list.
const PLACES: [(&str, &[&str]); 2] = [
    ("email", &["email_verified", "xms_edov"]),
    ("user.email", &["user.email_verified"]),
];

/// The address that the person has shown to be theirs, as a key by which a host may expect them: whoever has it takes
/// the seat of that guest. The issuer has to say so, by `email_verified` or by Entra's `xms_edov`. Where it says
/// nothing, the address counts if `trusts_issuer`; where it says something else than yes, never.
pub(super) fn verified_email(claims: &Claims, trusts_issuer: bool) -> Option<GuestKey> {
    PLACES.iter().find_map(|(address, marks)| {
        let address = claims.text(address)?.trim();
        let mark = marks.iter().find_map(|mark| claims.at(mark));
        let is_verified = mark.map_or(trusts_issuer, is_yes);
        let is_usable = is_address(address) && address.chars().count() <= limits::EMAIL_CHARS;
        (is_verified && is_usable)
            .then(|| GuestKey::new(address).ok())
            .flatten()
    })
}

/// Whether a text is an e-mail address, as far as one can say from its form.
pub(super) fn is_address(text: &str) -> bool {
    let parts = text.rsplit_once('@');
    parts.is_some_and(|(name, domain)| !name.is_empty() && !domain.is_empty()) && !text.contains(char::is_whitespace)
}

/// A yes as providers write it: most `true`, some `"true"`, and Entra also `1` and `"1"`.
fn is_yes(mark: &Value) -> bool {
    match mark {
        Value::Bool(yes) => *yes,
        Value::String(text) => text == "true" || text == "1",
        Value::Number(number) => number.as_u64() == Some(1),
        _ => false,
    }
}
