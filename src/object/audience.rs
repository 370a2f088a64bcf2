//! Who hears the same: the connections of those in one room.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use flagship_protocol::ids::RoomId;
use js_sys::{Array, Map};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::credit::Credit;
use super::sockets::{Connection, ConnectionId};

#[wasm_bindgen(module = "/src/object/sockets.js")]
extern "C" {
    /// Sends frames to sockets, and to those in `answers` their own beside them.
    #[wasm_bindgen(js_name = sendAll)]
    pub(super) fn send_all(sockets: &Array, frames: &str, many: bool, answers: &Map);

    /// Remembers a socket's connection as long as the object is in memory.
    #[wasm_bindgen(js_name = nameSocket)]
    pub(super) fn name_socket(socket: &JsValue, name: f64);

    /// When a socket pinged last; `None` if it never did.
    #[wasm_bindgen(js_name = pingedAt)]
    pub(super) fn pinged_at(state: &JsValue, socket: &JsValue) -> Option<f64>;

    /// Takes no further message for a moment, so that those of all sockets come in turn.
    #[wasm_bindgen(js_name = takeTurns)]
    pub(super) fn take_turns(state: &JsValue);

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
    /// What each of them is owed.
    credits: Vec<Rc<Credit>>,
}

/// Every connection that said `hello`, by the room that it follows.
pub(super) struct Audiences {
    by_room: BTreeMap<RoomId, Audience>,
    /// Those who follow another now.
    moved: Audience,
}

impl Audiences {
    /// Groups the connections; those in `moved` apart.
    pub(super) fn group<M>(
        connections: &BTreeMap<ConnectionId, Connection>,
        moved: &BTreeMap<ConnectionId, M>,
    ) -> Self {
        let mut by_room = BTreeMap::<RoomId, Audience>::new();
        let mut apart = Audience::default();
        for (id, connection) in connections
            .iter()
            .filter(|(_, connection)| connection.attachment().ready)
        {
            let room = &connection.followed().room;
            let audience = match by_room.get_mut(room) {
                _ if moved.contains_key(id) => &mut apart,
                Some(audience) => audience,
                None => by_room.entry(room.clone()).or_default(),
            };
            audience.ids.insert(*id);
            audience.sockets.push(connection.socket().as_ref());
            audience.credits.push(Rc::clone(connection.credit()));
        }
        Self { by_room, moved: apart }
    }

    /// The groups with the breakout room whose stream they get beside what everybody gets.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Option<&RoomId>, &Audience)> {
        let by_room = self.by_room.iter();
        by_room
            .map(|(room, audience)| (Some(room).filter(|room| !room.is_main()), audience))
            .chain(std::iter::once((None, &self.moved)).filter(|(_, moved)| !moved.ids.is_empty()))
    }
}

impl Audience {
    /// How many they are.
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// Counts what is sent to each.
    pub(super) fn count(&self, bytes: usize) {
        self.credits.iter().for_each(|credit| credit.sent(bytes));
    }

    /// The sockets.
    pub(super) fn sockets(&self) -> &Array {
        &self.sockets
    }

    /// Takes out what is for connections of this group alone, by socket.
    pub(super) fn take_own(
        &self,
        connections: &BTreeMap<ConnectionId, Connection>,
        own: &mut BTreeMap<ConnectionId, Vec<String>>,
    ) -> Map {
        let taken = Map::new();
        own.retain(|id, texts| {
            let Some(connection) = connections
                .get(id)
                .filter(|_| self.ids.contains(id) && !texts.is_empty())
            else {
                return true;
            };
            let text = texts.join(",");
            connection.credit().sent(text.len());
            taken.set(connection.socket().as_ref(), &text.into());
            false
        });
        taken
    }
}
