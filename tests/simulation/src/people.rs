//! What people do: mostly talk, walk about, and be moved by those who run the session.

use flagship_protocol::commands::Command;
use flagship_protocol::ids::{ParticipantId, RoomId};
use serde_json::{Value, json};

use crate::chance::Chance;
use crate::client::{Client, whispers};

/// A command, with what it says and in which streams.
#[derive(Debug)]
pub(crate) struct Wish {
    pub(crate) command: Command,
    pub(crate) content: Option<String>,
    pub(crate) streams: Vec<String>,
}

impl Wish {
    fn new(command: &Value) -> Self {
        // From JSON, as a client would send it: a field that a command gains later changes nothing here.
        let command = Command::decode(&command.to_string()).unwrap();
        Self {
            command,
            content: None,
            streams: Vec::new(),
        }
    }

    fn saying(command: &Value, content: String, rooms: &[RoomId]) -> Self {
        Self {
            content: Some(content),
            streams: rooms.iter().map(|room| format!("room:{room}")).collect(),
            ..Self::new(command)
        }
    }

    fn whispering(from: &ParticipantId, to: &str, content: String) -> Self {
        let command = json!({ "type": "send_direct_message", "participantId": to, "content": content });
        Self {
            content: Some(content),
            streams: vec![whispers(from.as_str()), whispers(to)],
            ..Self::new(&command)
        }
    }
}

/// What somebody does next, from what their client shows them. `words` are unique in the run.
pub(crate) fn wish(client: &Client, leads: bool, everybody: &[String], words: String, chance: &mut Chance) -> Wish {
    let view = &client.view;
    let rooms: Vec<RoomId> = view.rooms.keys().cloned().collect();
    let here = view
        .participants
        .get(&client.actor.id)
        .map_or_else(RoomId::main, |me| me.room_id.clone());
    let any_room = chance.pick(&rooms).cloned().unwrap_or_else(RoomId::main);
    let somebody = chance.pick(everybody).cloned().unwrap_or_default();
    if leads && chance.permille(500) {
        return lead(&rooms, &any_room, &somebody, words, chance);
    }
    match chance.between(0, 99) {
        0..60 => {
            // Mostly where they are, sometimes where they may not.
            let room = match chance.between(0, 9) {
                0..7 => here,
                7 | 8 => any_room,
                _ => RoomId::main(),
            };
            let command = json!({ "type": "send_message", "roomId": room, "content": words });
            Wish::saying(&command, words, &[room])
        }
        60..73 => Wish::new(&json!({ "type": "join_room", "roomId": any_room })),
        73..76 => Wish::new(&json!({ "type": "leave_room" })),
        76 => Wish::new(&json!({ "type": "raise_hand", "raised": chance.permille(500) })),
        77 if !leads => Wish::new(&json!({ "type": "leave_session" })),
        78..81 => Wish::whispering(&client.actor.id, &somebody, words),
        81..90 => change(client, &words, chance),
        // Others try what only hosts may do, from time to time.
        _ if chance.permille(100) => lead(&rooms, &any_room, &somebody, words, chance),
        _ => {
            let command = json!({ "type": "send_message", "roomId": "main", "content": words });
            Wish::saying(&command, words, &[RoomId::main()])
        }
    }
}

/// Something about what was said, in view of the client.
fn change(client: &Client, words: &str, chance: &mut Chance) -> Wish {
    let view = &client.view;
    let said = view.messages.values().flat_map(|room| room.values().rev().take(6));
    let ids: Vec<_> = said
        .map(|message| &message.id)
        .chain(view.direct.values().rev().take(3).map(|message| &message.id))
        .collect();
    let id = chance.pick(&ids).map_or("m1", |id| id.as_str());
    Wish::new(&match chance.between(0, 7) {
        0..3 => json!({ "type": "edit_message", "messageId": id, "content": words }),
        3 | 4 => json!({ "type": "delete_message", "messageId": id }),
        _ => {
            let emoji = chance.pick(&["👍", "🎉"]).copied();
            json!({ "type": "react_to_message", "messageId": id, "emoji": emoji, "added": chance.permille(700) })
        }
    })
}

/// A room to be made.
pub(crate) fn room() -> Wish {
    Wish::new(&json!({ "type": "create_room", "name": "Room" }))
}

fn lead(rooms: &[RoomId], room: &RoomId, somebody: &str, words: String, chance: &mut Chance) -> Wish {
    let duration = chance.between(1_000, 90_000);
    let command = match chance.between(0, 99) {
        0..15 if rooms.len() < 5 => {
            let capacity = chance.permille(300).then(|| chance.between(1, 3));
            json!({ "type": "create_room", "name": "Room", "capacity": capacity, "preparing": chance.permille(300) })
        }
        0..30 => json!({ "type": "move_participant", "participantId": somebody, "roomId": room }),
        30..46 => json!({ "type": "open_rooms", "durationMs": chance.permille(700).then_some(duration) }),
        46..50 => json!({ "type": "close_rooms", "countdownMs": chance.between(0, 5_000) }),
        50..53 => json!({ "type": "set_timer", "durationMs": chance.permille(800).then_some(duration) }),
        53..56 => json!({ "type": "extend_timer", "byMs": duration }),
        56..60 => json!({ "type": "recall_rooms" }),
        60..72 => {
            let room = (!room.is_main()).then_some(room);
            json!({ "type": "assign", "assignments": [{ "participantId": somebody, "roomId": room }] })
        }
        72..76 => json!({ "type": "update_session", "returnAllowed": chance.permille(500) }),
        76 if chance.permille(200) => json!({ "type": "end_session" }),
        76..79 => json!({ "type": "update_session", "selfSelect": chance.permille(700) }),
        79..81 => json!({ "type": "update_session", "locked": chance.permille(300) }),
        81..83 => json!({ "type": "close_room", "roomId": room }),
        83..85 => json!({ "type": "delete_room", "roomId": room }),
        85..88 => {
            let role = chance.pick(&["host", "moderator", "participant"]).copied();
            json!({ "type": "set_role", "participantId": somebody, "role": role })
        }
        88 => json!({ "type": "ban_participant", "participantId": somebody }),
        89..92 => json!({ "type": "unban_participant", "participantId": somebody }),
        _ => {
            let to: Vec<RoomId> = if chance.permille(500) {
                rooms.to_vec()
            } else {
                Vec::new()
            };
            let streams = if to.is_empty() {
                vec![RoomId::main()]
            } else {
                to.clone()
            };
            let mut command = json!({ "type": "broadcast", "content": words });
            if !to.is_empty() {
                command["roomIds"] = json!(to);
            }
            return Wish::saying(&command, words, &streams);
        }
    };
    Wish::new(&command)
}
