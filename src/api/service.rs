//! The service itself: health, figures, description, and tokens for development.

use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::http::{
    DependencyHealth, DevelopmentToken, DevelopmentTokenRequest, Health, HealthStatus, SettingsHealth,
};
use flagship_protocol::limits;
use worker::{Request, Response};

use super::context::{Context, json};
use super::{Answer, answer, refusal};
use crate::auth::{self, AuthSettings, issue_development_token};
use crate::call::{Call, call};
use crate::database;
use crate::log::{self, Level};
use crate::object::{now, random_id};

/// Names the object that health checks ask. No session can have this name: ids have no space.
const HEALTH_OBJECT: &str = "health check";

/// The description of the interface, generated from the protocol crate.
const OPENAPI: &str = include_str!("../../docs/protocol/openapi.json");

pub(super) async fn health(context: &Context<'_>) -> Answer {
    let database = timed(
        async { database::ping(context.env).await.map_err(|error| error.to_string()) },
        "database",
        context,
    );
    let object = timed(
        async {
            let asked: Result<(), ErrorBody> = call(context.env, HEALTH_OBJECT, &context.request_id, &Call::Ping).await;
            asked.map_err(|error| error.message)
        },
        "session object",
        context,
    );
    let (database, session_object) = futures::future::join(database, object).await;
    let settings = settings(context);
    let serves = session_object.ok && token_problems(context).is_empty();
    let (status, http_status) = match (serves, database.ok && settings.ok) {
        (true, true) => (HealthStatus::Ok, 200),
        (true, false) => (HealthStatus::Degraded, 200),
        (false, _) => (HealthStatus::Failed, 503),
    };
    let version = env!("CARGO_PKG_VERSION").into();
    let health = Health {
        status,
        version,
        database,
        session_object,
        settings: Some(settings),
    };
    answer::json(context, http_status, &health)
}

/// Which settings are missing or cannot be used. The log says what is wrong with them.
fn settings(context: &Context<'_>) -> SettingsHealth {
    let keys = context.keyring().err().and_then(|error| error.reason);
    let tokens = token_problems(context).iter().map(|name| (*name).to_owned());
    let problems: Vec<String> = keys.into_iter().chain(tokens).collect();
    SettingsHealth {
        ok: problems.is_empty(),
        problems,
    }
}

/// The settings because of which no token can be checked. Keys that are published elsewhere are not fetched for it:
/// whether a provider answers is not up to this service, and it would be asked with every look.
fn token_problems(context: &Context<'_>) -> &'static [&'static str] {
    let checked = auth::check(&AuthSettings::from_env(context.env));
    checked.err().map_or(&[], |problem| problem.settings())
}

pub(super) fn metrics() -> Answer {
    text(super::metrics::text(), "text/plain; version=0.0.4; charset=utf-8")
}

pub(super) fn openapi() -> Answer {
    text(OPENAPI.to_owned(), "application/json")
}

/// A token for whoever asks. Elsewhere than in development, nothing is at this address.
pub(super) async fn development_token(mut request: Request, context: &Context<'_>) -> Answer {
    if !context.config.development {
        return Err(ErrorBody::new(
            ErrorCode::NotFound,
            "nothing is at this address; see /api/openapi.json for what there is",
        ));
    }
    let DevelopmentTokenRequest { alias } = json(&mut request).await?;
    let user_id = format!("u-{}", random_id().map_err(|error| context.internal(&error))?);
    let settings = AuthSettings::from_env(context.env);
    let token = issue_development_token(&settings, &user_id, alias.as_str(), now(), limits::DEVELOPMENT_TOKEN_MS);
    let token = token.map_err(|error| refusal(&error, &context.request_id))?;
    let user_id = user_id.parse().map_err(|error: String| context.internal(&error))?;
    answer::json(context, 200, &DevelopmentToken { token, user_id })
}

async fn timed(asked: impl Future<Output = Result<(), String>>, what: &str, context: &Context<'_>) -> DependencyHealth {
    let started = now();
    let outcome = asked.await;
    if let Err(error) = &outcome {
        let fields = serde_json::json!({ "requestId": context.request_id, "part": what, "error": error });
        log::write(Level::Error, "health check failed", fields);
    }
    DependencyHealth {
        ok: outcome.is_ok(),
        latency_ms: now().saturating_sub(started),
    }
}

fn text(text: String, media_type: &str) -> Answer {
    let failed = |_| ErrorBody::new(ErrorCode::Internal, "the answer could not be built");
    let response = Response::ok(text).map_err(failed)?;
    response.headers().set("content-type", media_type).map_err(failed)?;
    Ok(response)
}
