//! One of each thing that frames and bodies are about.

use flagship_protocol::commands::*;
use flagship_protocol::decode::Change;
use flagship_protocol::http::*;
use flagship_protocol::model::*;
use flagship_protocol::moderation::*;
use flagship_protocol::number::{Capacity, CountdownMs, SlowModeMs};

pub(crate) fn new_room() -> NewRoom {
    NewRoom {
        name: "Blue".parse().unwrap(),
        capacity: None,
        guests: vec!["Grace@example.org".parse().unwrap()],
    }
}

pub(crate) fn template() -> Template {
    Template {
        id: "t1".parse().unwrap(),
        name: "Weekly".parse().unwrap(),
        rooms: vec![new_room()],
        created_at: 1_700_000_000_000,
    }
}

pub(crate) fn session() -> Session {
    Session {
        id: "s1".parse().unwrap(),
        title: "Workshop".parse().unwrap(),
        state: SessionState::Live,
        locked: false,
        self_select: true,
        return_allowed: true,
        countdown_ms: CountdownMs::DEFAULT,
        late_joiners: LateJoiners::Hold,
        slow_mode_ms: SlowModeMs::new(5_000),
        recording: false,
        anonymous: false,
        round: 1,
        chat_history: Some(ChatHistory::Stay),
        created_at: 1_000,
        created_by: "ada".parse().unwrap(),
        version: 2,
    }
}

pub(crate) fn participant() -> Participant {
    Participant {
        id: "ada".parse().unwrap(),
        alias: "Ada".parse().unwrap(),
        role: Role::Host,
        room_id: "main".parse().unwrap(),
        assigned_room_id: Some("r3".parse().unwrap()),
        hand_raised: false,
        muted: false,
        muted_by: None,
        muted_in: vec![],
        knocking_room_id: Some("r3".parse().unwrap()),
        invitation: Some(Invitation {
            room_id: "r3".parse().unwrap(),
            invited_by: "grace".parse().unwrap(),
            invited_at: 2_000,
            postponed: true,
        }),
        joined_at: 1_000,
    }
}

pub(crate) fn room() -> Room {
    Room {
        id: "r3".parse().unwrap(),
        name: "Blue".parse().unwrap(),
        state: RoomState::Open,
        locked: false,
        capacity: Capacity::new(4),
        facilitator_ids: vec!["grace".parse().unwrap()],
        slow_mode_ms: SlowModeMs::new(5_000),
        rounds: vec![RoomRound { round: 1, after: 0 }],
        ends_at: Some(9_000),
        closes_at: None,
        created_at: 2_000,
        created_by: "ada".parse().unwrap(),
        version: 3,
    }
}

pub(crate) fn message() -> Message {
    Message {
        id: "m5".parse().unwrap(),
        room_id: "r3".parse().unwrap(),
        seq: 1,
        sender_id: "ada".parse().unwrap(),
        sender_alias: "Ada".parse().unwrap(),
        content: "Hello".parse().unwrap(),
        created_at: 3_000,
        broadcast: false,
        reply_to: None,
        mentions: vec![],
        reactions: vec![],
        edited_at: None,
        deleted_at: None,
        deleted_by: None,
        version: None,
        command_id: "k5".into(),
    }
}

/// A message to which everything happened that can, but for its deletion.
pub(crate) fn edited_message() -> Message {
    Message {
        content: "Hello again".parse().unwrap(),
        reply_to: Some("m4".parse().unwrap()),
        mentions: vec!["grace".parse().unwrap()],
        reactions: vec![reaction()],
        edited_at: Some(4_000),
        version: Some(9),
        ..message()
    }
}

pub(crate) fn reaction() -> Reaction {
    Reaction {
        emoji: "👍".parse().unwrap(),
        participant_ids: vec!["grace".parse().unwrap()],
    }
}

pub(crate) fn direct_message() -> DirectMessage {
    DirectMessage {
        id: "m7".parse().unwrap(),
        sender_id: "grace".parse().unwrap(),
        sender_alias: "Grace".parse().unwrap(),
        recipient_id: "ada".parse().unwrap(),
        content: "May I say something?".parse().unwrap(),
        created_at: 3_500,
        reply_to: None,
        reactions: vec![],
        edited_at: None,
        deleted_at: None,
        version: None,
        command_id: "k7".into(),
    }
}

pub(crate) fn assignment() -> Assignment {
    Assignment {
        participant_id: "grace".parse().unwrap(),
        room_id: Some("r3".parse().unwrap()),
        expected_room_id: Change::Keep,
        expected_location_id: None,
    }
}

pub(crate) fn guest() -> GuestAssignment {
    GuestAssignment {
        key: "Grace@Example.org".parse().unwrap(),
        room_id: Some("r3".parse().unwrap()),
    }
}

pub(crate) fn help_request() -> HelpRequest {
    HelpRequest {
        id: "h7".parse().unwrap(),
        kind: HelpKind::Alert,
        state: HelpState::Claimed,
        participant_id: "grace".parse().unwrap(),
        alias: "Grace".parse().unwrap(),
        room_id: "r3".parse().unwrap(),
        text: Some("Please come".parse().unwrap()),
        about_participant_id: Some("mallory".parse().unwrap()),
        asked_at: 3_000,
        claimed_by: Some("ada".parse().unwrap()),
        claimed_at: Some(4_000),
        closed_at: None,
    }
}

pub(crate) fn profile() -> Profile {
    Profile {
        about: Some("I write compilers".parse().unwrap()),
        tags: vec!["rust".parse().unwrap()],
    }
}

pub(crate) fn moderation() -> Moderation {
    Moderation {
        help: vec![help_request()],
        guests: vec![guest()],
        profiles: [("grace".parse().unwrap(), profile())].into(),
        banned: vec![BannedParticipant {
            id: "mallory".parse().unwrap(),
            alias: "Mallory".parse().unwrap(),
        }],
    }
}
