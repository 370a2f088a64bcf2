//! What a person is called: the claims of identity providers, in one order.

use flagship_protocol::limits;
use flagship_protocol::text::{Alias, clean_line};

use super::claims::Claims;
use super::email::is_address;

/// Where a name may be; the first that can be shown wins. Two claims in one place make one name. The order is told in
/// docs/integrating.md.
pub(super) const NAME_PLACES: [&[&str]; 17] = [
    &["alias"],
    &["name"],
    &["username"],
    &["user.alias"],
    &["user.name"],
    &["user.username"],
    &["given_name", "family_name"],
    &["user_metadata.full_name"],
    &["user_metadata.name"],
    &["user_metadata.display_name"],
    &["full_name"],
    &["display_name"],
    &["first_name", "last_name"],
    &["nickname"],
    &["preferred_username"],
    &["user_metadata.preferred_username"],
    &["cognito:username"],
];

/// Which of them hold what the person chose to be called here. Every other is a name that the issuer knows them by.
const CHOSEN: [&str; 2] = ["alias", "user.alias"];

/// What a person is called, and whether they chose that.
pub(super) struct Name {
    /// What others see.
    pub(super) alias: Alias,
    /// Whether the person chose it to be called so here.
    pub(super) is_chosen: bool,
}

/// What the claims call a person; `None` where no claim has a name that can be shown.
pub(super) fn name_in(claims: &Claims, subject: &str) -> Option<Name> {
    let chosen = || CHOSEN.iter().filter_map(|place| claims.text(place)).map(printable);
    NAME_PLACES.iter().find_map(|place| {
        let parts = place.iter().filter_map(|path| claims.text(path)).map(printable);
        let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
        let name = parts.join(" ");
        let is_chosen = chosen().any(|chosen| chosen == name);
        // Looked at before it is cut, which may leave of an address what does not look like one.
        let alias = (is_chosen || is_shown(&name, subject)).then(|| Alias::new(clean_alias(&name)).ok())??;
        Some(Name { alias, is_chosen })
    })
}

/// What a person without a name is called: by the end of their subject, so that two of them are told apart.
pub(super) fn guest_name(subject: &str) -> Result<Alias, String> {
    let mut tail: Vec<char> = subject.chars().rev().filter(|c| c.is_alphanumeric()).take(4).collect();
    tail.reverse();
    let tail: String = tail.into_iter().collect();
    Alias::new(format!("Guest {tail}")).or_else(|_| Alias::new("Guest"))
}

/// What is left of a name that somebody asks for: what does not print is removed, and what is too long.
pub(super) fn clean_alias(text: &str) -> String {
    clean_line(text, limits::ALIAS_CHARS)
}

fn printable(text: &str) -> String {
    clean_line(text, usize::MAX)
}

/// Whether a name that nobody chose is shown to others. An e-mail address is not: many providers put it where a name
/// is missing, and nobody consented to showing it. An identifier is no name.
fn is_shown(name: &str, subject: &str) -> bool {
    !name.is_empty() && name != subject && !is_uuid(name) && !name.split_whitespace().any(is_address)
}

fn is_uuid(text: &str) -> bool {
    let groups = text.split('-').map(str::len);
    groups.eq([8, 4, 4, 4, 12]) && text.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
}
