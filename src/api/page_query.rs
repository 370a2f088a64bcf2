//! Which page of messages is asked for.

use flagship_protocol::error::ErrorBody;
use flagship_protocol::http::MessagesPage;
use flagship_protocol::ids::{ParticipantId, RoomId, SessionId};
use flagship_protocol::limits;
use flagship_session::Readable;

use super::context::{Context, invalid};
use crate::call::Side;
use crate::database::{self, ReadRoom, Shard};

/// The parameters of a page.
pub(super) struct PageQuery {
    /// `room`; `main` if absent.
    pub(super) room: RoomId,
    /// Whether `room` was given.
    pub(super) in_one_room: bool,
    /// `with`.
    pub(super) with: Option<ParticipantId>,
    /// `before` or `after`.
    pub(super) side: Side,
    /// `limit`.
    pub(super) limit: u32,
}

impl PageQuery {
    /// Reads them from the address. What is not known is let pass.
    pub(super) fn read(context: &Context<'_>) -> Result<Self, ErrorBody> {
        let mut query = Self {
            room: RoomId::main(),
            in_one_room: false,
            with: None,
            side: Side::End,
            limit: limits::MESSAGES_PAGE_DEFAULT,
        };
        for (name, value) in context.address.parameters() {
            match name.as_ref() {
                "room" => {
                    query.room = RoomId::new(value).map_err(|rule| invalid("room", &rule))?;
                    query.in_one_room = true;
                }
                "with" => query.with = Some(ParticipantId::new(value).map_err(|rule| invalid("with", &rule))?),
                "before" => query.take_side("before", &value, 1, Side::Before)?,
                "after" => query.take_side("after", &value, 0, Side::After)?,
                "limit" => {
                    let limit = value
                        .parse()
                        .ok()
                        .filter(|limit| (1..=limits::MESSAGES_PAGE).contains(limit));
                    let rule = format!("must be a number from 1 to {}", limits::MESSAGES_PAGE);
                    query.limit = limit.ok_or_else(|| invalid("limit", &rule))?;
                }
                _ => {}
            }
        }
        Ok(query)
    }

    fn take_side(&mut self, name: &str, value: &str, least: u64, side: fn(u64) -> Side) -> Result<(), ErrorBody> {
        if self.side != Side::End {
            return Err(invalid(name, "give either `before` or `after`"));
        }
        let position = value
            .parse()
            .ok()
            .filter(|position| (least..1 << 53).contains(position));
        let rule = format!("must be the `{name}` of another page");
        self.side = side(position.ok_or_else(|| invalid(name, &rule))?);
        Ok(())
    }

    /// The page of a room from the archive, as far as it may be read. `head` is how far the room's stream has come, if
    /// that is known.
    pub(super) async fn archived(
        &self,
        context: &Context<'_>,
        (shard, session): (Shard, &SessionId),
        side: Side,
        readable: &Readable,
        head: Option<u64>,
    ) -> worker::Result<MessagesPage> {
        let room = ReadRoom {
            session: session.as_str(),
            room: self.room.as_str(),
            readable,
            head,
        };
        room.page(&database::open(context.env, shard)?, side, self.limit).await
    }
}
