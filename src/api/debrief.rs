//! What happened, for afterwards.

use flagship_protocol::http::{Debrief, DebriefVisit};
use worker::Request;

use super::context::{Context, Params};
use super::{Answer, answer};
use crate::call::Call;

/// The columns of the table.
const COLUMNS: [&str; 8] = [
    "round",
    "room_id",
    "room",
    "participant_id",
    "alias",
    "entered_at",
    "left_at",
    "messages",
];

pub(super) async fn get(request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let is_table = answer::is_table(context)?;
    let debrief: Debrief = context.call(&params.session()?, &Call::Debrief { actor }).await?;
    if !is_table {
        return answer::json(context, 200, &debrief);
    }
    let table = table(&debrief.visits).map_err(|error| context.internal(&error))?;
    answer::csv(context, &format!("{}-debrief.csv", debrief.session.id), table)
}

/// The visits as CSV (RFC 4180), times as ISO 8601.
fn table(visits: &[DebriefVisit]) -> Result<String, csv::Error> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for visit in visits {
        writer.write_record([
            visit.round.to_string(),
            visit.room_id.to_string(),
            harmless(visit.room_name.as_str()),
            harmless(visit.participant_id.as_str()),
            harmless(visit.alias.as_str()),
            iso(visit.entered_at),
            visit.left_at.map(iso).unwrap_or_default(),
            visit.messages.to_string(),
        ])?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A text that a spreadsheet does not take for a formula: people choose their names.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn iso(at: u64) -> String {
    js_sys::Date::new(&(at as f64).into()).to_iso_string().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_no_formulas() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("Ada"), "Ada");
    }
}
