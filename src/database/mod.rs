//! D1, the archive of all sessions.

mod batch;
mod history;
pub(crate) mod templates;

pub(crate) use batch::Batch;
pub(crate) use history::messages_page;

/// Asks the database something, to see whether it answers.
pub(crate) async fn ping(env: &worker::Env) -> worker::Result<()> {
    env.d1("DB")?
        .prepare("SELECT 1 FROM messages LIMIT 1")
        .run()
        .await
        .map(|_| ())
}
