//! Who hears the same: the connections of those in one room.

use std::collections::{BTreeMap, BTreeSet};

use flagship_protocol::ids::RoomId;
use flagship_session::State;
use js_sys::{Array, Map};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::sockets::{Connection, ConnectionId};

#[wasm_bindgen(module = "/src/object/sockets.js")]
extern "C" {
    /// Sends frames to sockets, and to those in `answers` their own beside them.
    #[wasm_bindgen(js_name = sendAll)]
    pub(super) fn send_all(sockets: &Array, frames: &str, many: bool, answers: &Map);

    /// Remembers a socket's connection as long as the object is in memory.
    #[wasm_bindgen(js_name = nameSocket)]
    pub(super) fn name_socket(socket: &JsValue, name: f64);

    /// The connection of a socket.
    #[wasm_bindgen(js_name = socketName)]
    pub(super) fn socket_name(socket: &JsValue) -> Option<f64>;
}

/// The connections of those in one room.
#[derive(Default)]
pub(super) struct Audience {
    ids: BTreeSet<ConnectionId>,
    /// The same, as JavaScript has them: handed over whole at each sending.
    sockets: Array,
}

/// Every connection that said `hello`, by the room that its participant is in.
pub(super) struct Audiences {
    by_room: BTreeMap<RoomId, Audience>,
}

impl Audiences {
    /// Groups the connections.
    pub(super) fn group(connections: &BTreeMap<ConnectionId, Connection>, state: &State) -> Self {
        let mut by_room = BTreeMap::<RoomId, Audience>::new();
        for (id, connection) in connections
            .iter()
            .filter(|(_, connection)| connection.attachment().ready)
        {
            let participant = state.participant(&connection.attachment().actor.id);
            let room = participant.map_or_else(RoomId::main, |participant| participant.room_id.clone());
            let audience = by_room.entry(room).or_default();
            audience.ids.insert(*id);
            audience.sockets.push(connection.socket().as_ref());
        }
        Self { by_room }
    }

    /// The groups.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&RoomId, &Audience)> {
        self.by_room.iter()
    }
}

impl Audience {
    /// The sockets.
    pub(super) fn sockets(&self) -> &Array {
        &self.sockets
    }

    /// Takes out the answers for connections of this group, by socket.
    pub(super) fn take_answers(
        &self,
        connections: &BTreeMap<ConnectionId, Connection>,
        answers: &mut BTreeMap<ConnectionId, Vec<String>>,
    ) -> Map {
        let own = Map::new();
        answers.retain(|id, answers| {
            let Some(connection) = connections.get(id).filter(|_| self.ids.contains(id)) else {
                return true;
            };
            own.set(connection.socket().as_ref(), &answers.join(",").into());
            false
        });
        own
    }
}
