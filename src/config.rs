//! What operators set: variables and secrets. See docs/operations.md.

use worker::Env;

/// Pause in which a batch for the archive gathers, when `ARCHIVE_INTERVAL_MS` does not say.
const ARCHIVE_INTERVAL_MS: u64 = 10_000;

/// After how long without a word a socket that pings is gone, when `SOCKET_LEASE_MS` does not say. The SDK pings every
/// 25 s: four of them may be lost. It is also how often a quiet session with sockets is woken to look.
const SOCKET_LEASE_MS: u64 = 120_000;

/// Settings other than those of authentication, which has its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Config {
    /// Whether this is a development environment.
    pub(crate) development: bool,
    /// Origins other than the Worker's own that pages may call from.
    pub(crate) allowed_origins: Vec<String>,
    /// Pause in which a batch for the archive gathers, in milliseconds.
    pub(crate) archive_interval_ms: u64,
    /// After how long without a word a socket that pings is gone, in milliseconds.
    pub(crate) socket_lease_ms: u64,
    /// Names the archive as it is: another name means that it was lost, and is to be written again.
    pub(crate) archive_run: String,
    /// After how many days a session that has ended is deleted; `None`: it is kept.
    pub(crate) retention_days: Option<u32>,
    /// Whether a participant's commands are counted. Off in development only: for measuring.
    pub(crate) counts_commands: bool,
}

impl Config {
    /// Reads the settings; what is absent or odd takes the safe value.
    pub(crate) fn from_env(env: &Env) -> Self {
        let variable = |name| env.var(name).map(|value| value.to_string()).unwrap_or_default();
        let development = variable("ENVIRONMENT") == "development";
        Self {
            development,
            counts_commands: !(development && variable("RATE_LIMIT") == "off"),
            archive_run: variable("ARCHIVE_RUN"),
            // Odd settings keep what may be wanted: nothing is deleted that nobody asked to be.
            retention_days: variable("RETENTION_DAYS").trim().parse().ok().filter(|days| *days > 0),
            allowed_origins: list(&variable("ALLOWED_ORIGINS")),
            archive_interval_ms: variable("ARCHIVE_INTERVAL_MS")
                .trim()
                .parse()
                .unwrap_or(ARCHIVE_INTERVAL_MS),
            socket_lease_ms: variable("SOCKET_LEASE_MS")
                .trim()
                .parse()
                .ok()
                .filter(|lease| *lease >= 1_000)
                .unwrap_or(SOCKET_LEASE_MS),
        }
    }

    /// Whether a page at `origin` may call a Worker at `own`. `*` stands for every origin, in development only.
    pub(crate) fn allows_origin(&self, origin: &str, own: &str) -> bool {
        origin == own
            || self
                .allowed_origins
                .iter()
                .any(|allowed| allowed == origin || (self.development && allowed == "*"))
    }
}

fn list(text: &str) -> Vec<String> {
    text.split(',')
        .map(|part| part.trim().trim_end_matches('/').to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(development: bool, origins: &str) -> Config {
        Config {
            development,
            allowed_origins: list(origins),
            archive_interval_ms: 1,
            socket_lease_ms: SOCKET_LEASE_MS,
            archive_run: String::new(),
            retention_days: None,
            counts_commands: true,
        }
    }

    #[test]
    fn pages_of_the_worker_itself_may_always_call() {
        assert!(config(false, "").allows_origin("https://f.example", "https://f.example"));
        assert!(!config(false, "").allows_origin("https://evil.example", "https://f.example"));
    }

    #[test]
    fn listed_origins_may_call_and_no_others() {
        let config = config(false, " https://a.example/ ,https://b.example");
        assert!(config.allows_origin("https://a.example", "https://f.example"));
        assert!(config.allows_origin("https://b.example", "https://f.example"));
        assert!(!config.allows_origin("https://a.example.evil.example", "https://f.example"));
        assert!(!config.allows_origin("null", "https://f.example"));
    }

    #[test]
    fn a_star_counts_in_development_only() {
        assert!(config(true, "*").allows_origin("https://x.example", "https://f.example"));
        assert!(!config(false, "*").allows_origin("https://x.example", "https://f.example"));
    }
}
