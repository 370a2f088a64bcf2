//! What the server owes each socket, whatever its client makes of it: contiguous events from where it said.

use flagship_protocol::frames::{Notice, Positions, ServerFrame};

/// A socket as an observer sees it.
#[derive(Debug, Default)]
pub(crate) struct Wire {
    positions: Option<Positions>,
}

impl Wire {
    /// Takes a frame. Says what is wrong with it.
    pub(crate) fn observe(&mut self, frame: &ServerFrame) -> Result<(), String> {
        match (frame, &mut self.positions) {
            (ServerFrame::Welcome(welcome), positions) => {
                if positions.is_some() {
                    return Err("a second welcome".into());
                }
                *positions = Some(welcome.streams.clone());
                Ok(())
            }
            (ServerFrame::Nack(nack), _) if nack.id.is_none() => Ok(()),
            (_, None) => Err(format!("something before the welcome: {frame:?}")),
            (ServerFrame::Events(events), Some(positions)) => {
                let Some(position) = positions.get_mut(&events.stream) else {
                    return Err(format!("events of {}, which is not followed", events.stream));
                };
                if events.from != *position {
                    let (stream, from) = (&events.stream, events.from);
                    return Err(format!("events of {stream} from {from}, where {position} was reached"));
                }
                for event in &events.events {
                    *position += 1;
                    if event.seq != *position {
                        return Err(format!(
                            "event {} of {} in place of {position}",
                            event.seq, events.stream
                        ));
                    }
                }
                Ok(())
            }
            (ServerFrame::Ack(ack), Some(positions)) => match &ack.streams {
                Some(streams) => follow(positions, streams),
                None => Ok(()),
            },
            (ServerFrame::Notice(Notice::StreamsChanged { streams, .. }), Some(positions)) => {
                follow(positions, streams)
            }
            _ => Ok(()),
        }
    }
}

fn follow(positions: &mut Positions, streams: &Positions) -> Result<(), String> {
    for (stream, told) in streams {
        if let Some(reached) = positions.get(stream).filter(|reached| *reached != told) {
            return Err(format!("{stream} is said to be at {told}, where {reached} was reached"));
        }
    }
    positions.clone_from(streams);
    Ok(())
}
