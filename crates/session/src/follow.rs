//! Which streams somebody follows.

use flagship_protocol::frames::Positions;
use flagship_protocol::ids::{ParticipantId, RoomId, StreamId};

use crate::state::State;

impl State {
    /// The session's stream, what is said in `main`, and what is said in the room they are in.
    ///
    /// `main` stays with everyone: what a host says to all must reach the rooms too.
    pub fn followed(&self, who: &ParticipantId) -> Vec<StreamId> {
        let mut streams = vec![StreamId::Session, StreamId::Room(RoomId::main())];
        if let Some(participant) = self.participant(who)
            && !participant.room_id.is_main()
        {
            streams.push(StreamId::Room(participant.room_id.clone()));
        }
        streams
    }

    /// Whether somebody follows a stream.
    pub fn follows(&self, who: &ParticipantId, stream: &StreamId) -> bool {
        match stream {
            StreamId::Session => true,
            StreamId::Room(room) if room.is_main() => true,
            StreamId::Room(room) => self
                .participant(who)
                .is_some_and(|participant| participant.room_id == *room),
        }
    }

    /// The followed streams with their last `seq`.
    pub fn positions(&self, who: &ParticipantId) -> Positions {
        self.followed(who)
            .into_iter()
            .map(|stream| {
                let head = self.head(&stream);
                (stream, head)
            })
            .collect()
    }
}
