//! What of a snapshot is the same for all who are given one, as JSON: who is in the session and in which rooms, who is
//! connected, and the newest of what was said. Written once for all who come at the same time: a thousand who come back
//! within a second are not told it a thousand times, each in words of its own.

use std::collections::BTreeMap;

use flagship_protocol::frames::ServerFrame;
use flagship_protocol::ids::{ParticipantId, StreamId};
use flagship_protocol::model::{Participant, Room};
use serde::Serialize;

use super::live::Live;
use super::outbox::without_brackets;

/// What stands in a snapshot where the shared part is to be: as [`Live::snapshot`] leaves it.
const PLACE: &str = r#""participants":[],"rooms":[],"connected":[],"messages":[]"#;

/// When something was so: the last entry, and the last change of presence.
type Moment = (u64, u64);

/// The shared parts, as they were at one moment.
#[derive(Debug, Default)]
pub(super) struct Roster {
    at: Option<Moment>,
    people: Option<String>,
    presence: Option<String>,
    /// The newest messages of rooms from a position on, separated by commas. Participants who joined together share them.
    newest: BTreeMap<(StreamId, u64), String>,
}

/// The order of fields is that of a snapshot.
#[derive(Serialize)]
struct People<'a> {
    participants: Vec<&'a Participant>,
    rooms: Vec<&'a Room>,
    connected: Vec<&'a ParticipantId>,
}

impl Live {
    /// Puts what is the same for all into the JSON of a snapshot, or of a frame with one, and the newest messages of what
    /// the viewer follows.
    pub(super) fn complete(&self, snapshot: &str, viewer: &ParticipantId) -> worker::Result<String> {
        let Some((before, after)) = snapshot.split_once(PLACE) else {
            return Err(worker::Error::RustError(
                "a snapshot without a place for the people".into(),
            ));
        };
        let mut messages = Vec::new();
        let followed = self.session.state().followed(viewer);
        for stream in followed.iter().filter(|stream| matches!(stream, StreamId::Room(_))) {
            messages.push(self.newest(stream, viewer)?);
        }
        messages.retain(|said| !said.is_empty());
        let people = self.people()?;
        Ok([before, &people, r#","messages":["#, &messages.join(","), "]", after].concat())
    }

    /// Everyone who is in the session, by whether they are connected, as a frame.
    pub(super) fn presence_frame(&self) -> String {
        self.with_roster(|roster| {
            let frame = || ServerFrame::Presence(self.presence()).to_json();
            roster.presence.get_or_insert_with(frame).clone()
        })
    }

    /// Returns the newest messages of a room that a participant is sent, as JSON separated by commas.
    pub(super) fn newest(&self, stream: &StreamId, who: &ParticipantId) -> worker::Result<String> {
        let (from, to) = self.current(stream, who);
        if from == to {
            return Ok(String::new());
        }
        self.with_roster(|roster| {
            let place = (stream.clone(), from);
            if let Some(newest) = roster.newest.get(&place) {
                return Ok(newest.clone());
            }
            let said = serde_json::to_string(&self.recent_messages(std::slice::from_ref(stream), who)?)?;
            let newest = without_brackets(&said).to_owned();
            roster.newest.insert(place, newest.clone());
            Ok(newest)
        })
    }

    fn people(&self) -> worker::Result<String> {
        self.with_roster(|roster| {
            if let Some(people) = &roster.people {
                return Ok(people.clone());
            }
            let state = self.session.state();
            let people = serde_json::to_string(&People {
                participants: state.participants().collect(),
                rooms: state.rooms_by_age(),
                connected: self.connected().into_iter().collect(),
            })?;
            let fields = people.strip_prefix('{').and_then(|people| people.strip_suffix('}'));
            Ok(roster.people.insert(fields.unwrap_or_default().to_owned()).clone())
        })
    }

    /// The roster, emptied if something has happened since it was written.
    fn with_roster<T>(&self, look: impl FnOnce(&mut Roster) -> T) -> T {
        let now = (self.session.state().rev, self.presence_log.version());
        let mut roster = self.roster.borrow_mut();
        if roster.at != Some(now) {
            *roster = Roster {
                at: Some(now),
                ..Roster::default()
            };
        }
        look(&mut roster)
    }
}

#[cfg(test)]
mod tests {
    use flagship_protocol::model::Snapshot;
    use flagship_protocol::moderation::Own;
    use flagship_session::{Actor, NewSession, Session};

    use super::*;

    #[test]
    fn what_is_put_in_has_its_place() {
        let plan = NewSession {
            id: "s1".parse().unwrap(),
            title: r#"\"participants\":[]"#.parse().unwrap(),
            anonymous: false,
        };
        let ada = Actor::new("ada".parse().unwrap(), "Ada".parse().unwrap());
        let (session, _) = Session::create(plan, "epoch".into(), &ada, None, 1_000);
        let state = session.state();
        let mut snapshot = Snapshot {
            session: state.info.clone(),
            participants: Vec::new(),
            rooms: Vec::new(),
            connected: Vec::new(),
            messages: Vec::new(),
            moderation: state.moderation(&ada.id),
            own: Own::default(),
        };
        let empty = serde_json::to_string(&snapshot).unwrap();
        assert_eq!(empty.matches(PLACE).count(), 1, "{empty}");
        snapshot.participants = state.participants().cloned().collect();
        snapshot.connected = vec![ada.id.clone()];
        let people = serde_json::to_string(&People {
            participants: state.participants().collect(),
            rooms: state.rooms_by_age(),
            connected: vec![&ada.id],
        });
        let people = people.unwrap();
        let inner = people
            .strip_prefix('{')
            .and_then(|text| text.strip_suffix('}'))
            .unwrap();
        assert_eq!(
            empty.replace(PLACE, &format!(r#"{inner},"messages":[]"#)),
            serde_json::to_string(&snapshot).unwrap()
        );
    }
}
