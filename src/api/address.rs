//! Where a request was sent.

use std::borrow::Cow;

use worker::{Request, Result};

/// The parts of a request's address that handlers need beside the path.
///
/// The platform takes it apart: a parser of our own would bring the tables of international domain names.
pub(super) struct Address {
    /// Scheme, host and port, as pages give their own in `Origin`.
    pub(super) origin: String,
    query: String,
}

impl Address {
    pub(super) fn of(request: &Request) -> Result<Self> {
        let url = web_sys::Url::new(&request.inner().url())?;
        Ok(Self {
            origin: url.origin(),
            query: url.search(),
        })
    }

    /// The parameters of the query, decoded, in their order.
    pub(super) fn parameters(&self) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
        form_urlencoded::parse(self.query.trim_start_matches('?').as_bytes())
    }

    /// The first parameter of this name.
    pub(super) fn parameter(&self, name: &str) -> Option<String> {
        self.parameters()
            .find(|(given, _)| given == name)
            .map(|(_, value)| value.into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(query: &str) -> Address {
        Address {
            origin: "https://f.example".into(),
            query: query.into(),
        }
    }

    #[test]
    fn parameters_are_decoded() {
        let address = address("?room=a%20b+c&x&room=d&na%6De=%C3%A9");
        assert_eq!(address.parameter("room").as_deref(), Some("a b c"));
        assert_eq!(address.parameter("x").as_deref(), Some(""));
        assert_eq!(address.parameter("name").as_deref(), Some("é"));
        assert_eq!(address.parameter("y"), None);
        assert_eq!(address.parameters().count(), 4);
    }

    #[test]
    fn an_address_without_a_query_has_no_parameters() {
        assert_eq!(address("").parameters().count(), 0);
    }
}
