//! Where tokens are found in a request.

use crate::auth::credentials::{SocketOffer, token_from_headers};
use crate::auth::error::AuthError;

type Headers<'a> = &'a [(&'a str, &'a str)];

fn lookup(headers: Headers<'_>) -> impl Fn(&str) -> Option<String> {
    |name| {
        let (_, value) = headers.iter().find(|(key, _)| *key == name)?;
        Some((*value).to_owned())
    }
}

fn found(headers: Headers<'_>) -> Result<String, AuthError> {
    token_from_headers(lookup(headers))
}

fn offer(protocols: &str) -> SocketOffer {
    SocketOffer::from_headers(lookup(&[("sec-websocket-protocol", protocols)]))
}

#[test]
fn each_header_holds_a_token() {
    for headers in [
        &[("authorization", "Bearer a.b.c")][..],
        &[("authorization", "bearer a.b.c")],
        &[("authorization", "BEARER   a.b.c  ")],
        &[("x-auth-token", "a.b.c")],
        &[("x-auth-token", " a.b.c ")],
        &[("auth-token", "a.b.c")],
    ] {
        assert_eq!(found(headers).as_deref(), Ok("a.b.c"), "{headers:?}");
    }
}

#[test]
fn the_headers_have_an_order() {
    let all = [
        ("auth-token", "third"),
        ("x-auth-token", "second"),
        ("authorization", "Bearer first"),
    ];
    assert_eq!(found(&all).as_deref(), Ok("first"));
    assert_eq!(found(&all[..2]).as_deref(), Ok("second"));
    assert_eq!(found(&all[..1]).as_deref(), Ok("third"));
}

#[test]
fn a_header_in_another_form_is_passed_over() {
    for odd in [
        "",
        "Bearer",
        "Bearer ",
        "Basic YWRhOmFkYQ==",
        "Bearera.b.c",
        "Bearer a.b.c d.e.f",
        "Bearer a.b.c, Bearer d.e.f",
        "Bearer \"a.b.c\"",
        "Bearer é",
        "a.b.c",
    ] {
        let headers = [("authorization", odd), ("auth-token", "a.b.c")];
        assert_eq!(found(&headers).as_deref(), Ok("a.b.c"), "{odd}");
        assert_eq!(found(&headers[..1]), Err(AuthError::Malformed), "{odd}");
    }
    for odd in ["", " ", "a b", "a.b.c, d.e.f", "Bearer a.b.c", "{}"] {
        let headers = [("x-auth-token", odd), ("auth-token", "a.b.c")];
        assert_eq!(found(&headers).as_deref(), Ok("a.b.c"), "{odd}");
        assert_eq!(found(&headers[..1]), Err(AuthError::Malformed), "{odd}");
    }
}

#[test]
fn without_a_header_the_token_is_missing() {
    assert_eq!(found(&[]), Err(AuthError::Missing));
    assert_eq!(found(&[("cookie", "token=a.b.c")]), Err(AuthError::Missing));
}

#[test]
fn a_socket_offers_its_protocol_and_its_token() {
    for protocols in [
        "flagship.v1, bearer.a.b.c",
        "flagship.v1,bearer.a.b.c",
        "bearer.a.b.c , flagship.v1",
        "other, bearer., bearer.a.b.c, bearer.d.e.f, flagship.v1",
    ] {
        let offer = offer(protocols);
        assert_eq!(offer.token.as_deref(), Ok("a.b.c"), "{protocols}");
        assert!(offer.speaks_flagship_v1, "{protocols}");
    }
}

#[test]
fn a_socket_may_lack_either() {
    let with_ticket = offer("flagship.v1");
    assert_eq!(with_ticket.token, Err(AuthError::Missing));
    assert!(with_ticket.speaks_flagship_v1);
    for protocols in ["bearer.a.b.c", "flagship.v2, bearer.a.b.c", "Flagship.V1,bearer.a.b.c"] {
        let offer = offer(protocols);
        assert_eq!(offer.token.as_deref(), Ok("a.b.c"));
        assert!(!offer.speaks_flagship_v1, "{protocols}");
    }
    assert_eq!(offer("bearer.").token, Err(AuthError::Malformed));
    assert_eq!(offer("").token, Err(AuthError::Missing));
    assert_eq!(offer(",,,").token, Err(AuthError::Missing));
}

#[test]
fn a_socket_may_bring_its_token_in_a_header() {
    let of = |protocols: &'static str, authorization: &'static str| {
        SocketOffer::from_headers(lookup(&[
            ("sec-websocket-protocol", protocols),
            ("authorization", authorization),
        ]))
        .token
    };
    assert_eq!(of("flagship.v1", "Bearer d.e.f").as_deref(), Ok("d.e.f"));
    assert_eq!(of("bearer.", "Bearer d.e.f").as_deref(), Ok("d.e.f"));
    assert_eq!(of("bearer.a.b.c", "Bearer d.e.f").as_deref(), Ok("a.b.c"));
    assert_eq!(of("flagship.v1", "Basic x"), Err(AuthError::Malformed));
}
