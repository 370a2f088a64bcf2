//! Tokens with the claims that identity providers send, in their shapes.

use serde_json::{Value, json};

use super::{NOW_MS, token, verifier};

/// The subject, the name that others see, and the address that counts.
fn read(payload: &Value) -> (String, String, Option<String>) {
    let identity = verifier().verify(&token(payload), NOW_MS).unwrap();
    assert!(!identity.has_chosen_alias);
    let email = identity.email.map(|email| email.to_string());
    (identity.subject.to_string(), identity.alias.to_string(), email)
}

fn is(payload: Value, name: &str, email: Option<&str>) {
    let (subject, alias, known) = read(&payload);
    assert_eq!(json!(subject), payload["sub"]);
    assert_eq!((alias.as_str(), known.as_deref()), (name, email), "{payload}");
}

const IAT: u64 = super::EXP - 3600;

#[test]
fn supabase() {
    is(
        json!({
            "iss": "https://abcdefghijklmnop.supabase.co/auth/v1", "aud": "authenticated", "role": "authenticated",
            "sub": "0d1f2c3b-5a69-4788-96a5-b4c3d2e1f001", "exp": super::EXP, "iat": IAT,
            "email": "ada@example.org", "phone": "", "is_anonymous": false, "aal": "aal1",
            "session_id": "b7a1c2d3-0000-4000-8000-1234567890ab", "amr": [{"method": "oauth", "timestamp": IAT}],
            "app_metadata": {"provider": "google", "providers": ["google"]},
            "user_metadata": {
                "email": "ada@example.org", "email_verified": true, "full_name": "Ada Lovelace",
                "name": "Ada L.", "avatar_url": "https://img.example/a.png"
            }
        }),
        "Ada Lovelace",
        None,
    );
    is(
        json!({
            "sub": "0d1f2c3b-5a69-4788-96a5-b4c3d2e1f001", "exp": super::EXP, "email": "ada@example.org",
            "user_metadata": {"name": "ada@example.org", "preferred_username": "ada99"}
        }),
        "ada99",
        None,
    );
}

#[test]
fn keycloak() {
    is(
        json!({
            "iss": "https://id.example/realms/talks", "aud": "account", "azp": "web", "typ": "Bearer",
            "sub": "f:6a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d:ada", "exp": super::EXP, "iat": IAT,
            "realm_access": {"roles": ["offline_access", "uma_authorization"]},
            "resource_access": {"account": {"roles": ["manage-account"]}}, "scope": "profile email",
            "email_verified": true, "name": "Ada Lovelace", "preferred_username": "ada",
            "given_name": "Ada", "family_name": "Lovelace", "email": "ada@example.org"
        }),
        "Ada Lovelace",
        Some("ada@example.org"),
    );
    // Without names, and people sign in with their address.
    is(
        json!({
            "sub": "6a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d", "exp": super::EXP,
            "email_verified": false, "preferred_username": "ada@example.org", "email": "ada@example.org"
        }),
        "Guest 3c4d",
        None,
    );
    is(
        json!({"sub": "6a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d", "exp": super::EXP, "preferred_username": "ada"}),
        "ada",
        None,
    );
}

#[test]
fn entra() {
    let token = |more: Value| {
        let mut payload = json!({
            "iss": "https://login.microsoftonline.com/9188040d-0000-4000-8000-c4f5e6a7b8c9/v2.0",
            "aud": "6731de76-0000-4000-8000-9db6a4c2e1f0", "tid": "9188040d-0000-4000-8000-c4f5e6a7b8c9",
            "sub": "AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ", "oid": "00000000-0000-4000-8000-66f3332ecae7",
            "exp": super::EXP, "iat": IAT, "nbf": IAT, "ver": "2.0", "groups": vec!["6e8bc430-9c3a"; 100],
            "preferred_username": "ada@example.org", "email": "ada@example.org"
        });
        for (name, value) in more.as_object().unwrap() {
            payload[name] = value.clone();
        }
        payload
    };
    is(token(json!({"name": "Ada Lovelace"})), "Ada Lovelace", None);
    is(
        token(json!({"name": "Ada Lovelace", "xms_edov": true})),
        "Ada Lovelace",
        Some("ada@example.org"),
    );
    is(token(json!({"xms_edov": "0"})), "Guest btaQ", None);
}

#[test]
fn cognito() {
    is(
        json!({
            "iss": "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Example", "aud": "1example23456789",
            "sub": "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee", "token_use": "id", "auth_time": IAT,
            "exp": super::EXP, "iat": IAT, "cognito:groups": ["hosts"], "email_verified": true,
            "cognito:username": "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee", "given_name": "Ada", "email": "ada@example.org"
        }),
        "Ada",
        Some("ada@example.org"),
    );
    is(
        json!({
            "sub": "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee", "exp": super::EXP, "token_use": "id",
            "cognito:username": "ada", "email": "ada@example.org", "email_verified": "false"
        }),
        "ada",
        None,
    );
    // An access token: the username is the identifier again.
    is(
        json!({
            "sub": "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee", "exp": super::EXP, "token_use": "access",
            "client_id": "1example23456789", "username": "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
        }),
        "Guest eeee",
        None,
    );
}

#[test]
fn auth0() {
    is(
        json!({
            "iss": "https://example.eu.auth0.com/", "aud": "AbCdEfGh123456", "sub": "auth0|5f7c8ec7c33c6c004bbafe82",
            "exp": super::EXP, "iat": IAT, "nickname": "ada", "name": "ada@example.org",
            "picture": "https://img.example/a.png", "updated_at": "2023-11-14T22:13:20.000Z",
            "email": "ada@example.org", "email_verified": false, "sid": "s"
        }),
        "ada",
        None,
    );
    is(
        json!({
            "sub": "google-oauth2|101234567890123456789", "exp": super::EXP, "given_name": "Ada",
            "family_name": "Lovelace", "nickname": "ada99", "name": "Ada Lovelace",
            "email": "ada@example.org", "email_verified": true
        }),
        "Ada Lovelace",
        Some("ada@example.org"),
    );
}

#[test]
fn firebase() {
    is(
        json!({
            "iss": "https://securetoken.google.com/talks-1234", "aud": "talks-1234", "auth_time": IAT,
            "user_id": "Zk3Qp0aBcDeFgHiJkLmNoPqRsT12", "sub": "Zk3Qp0aBcDeFgHiJkLmNoPqRsT12", "iat": IAT,
            "exp": super::EXP, "name": "Ada Lovelace", "email": "ada@example.org", "email_verified": true,
            "firebase": {"identities": {"email": ["ada@example.org"]}, "sign_in_provider": "password"}
        }),
        "Ada Lovelace",
        Some("ada@example.org"),
    );
    is(
        json!({
            "sub": "Zk3Qp0aBcDeFgHiJkLmNoPqRsT12", "exp": super::EXP, "provider_id": "anonymous",
            "firebase": {"identities": {}, "sign_in_provider": "anonymous"}
        }),
        "Guest sT12",
        None,
    );
}

#[test]
fn clerk() {
    let session = json!({
        "azp": "https://app.example", "exp": super::EXP, "fva": [1, -1], "iat": IAT, "nbf": IAT - 10,
        "iss": "https://clerk.app.example", "sid": "sess_2f7", "sts": "active", "sub": "user_2abcdEFGH", "v": 2
    });
    is(session.clone(), "Guest EFGH", None);
    // With a template that adds what Flagship reads.
    let mut custom = session;
    custom["first_name"] = json!("Ada");
    custom["last_name"] = json!("Lovelace");
    custom["email"] = json!("ada@example.org");
    custom["email_verified"] = json!(true);
    is(custom, "Ada Lovelace", Some("ada@example.org"));
}

#[test]
fn okta_and_google() {
    is(
        json!({
            "iss": "https://example.okta.com/oauth2/default", "aud": "api://default", "sub": "ada@example.org",
            "uid": "00u1abcd", "exp": super::EXP, "iat": IAT, "scp": ["openid"]
        }),
        "Guest eorg",
        None,
    );
    is(
        json!({
            "iss": "https://accounts.google.com", "azp": "1.apps.example", "aud": "1.apps.example",
            "sub": "101234567890123456789", "hd": "example.org", "email": "ada@example.org", "email_verified": true,
            "name": "Ada Lovelace", "given_name": "Ada", "family_name": "Lovelace", "exp": super::EXP, "iat": IAT
        }),
        "Ada Lovelace",
        Some("ada@example.org"),
    );
}
