//! WebSocket frames (RFC 6455), as little of them as both sides of the bench need.

/// Kinds of frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole text.
    Text,
    /// The end of the connection.
    Close,
    /// To be answered with a pong.
    Ping,
    /// Anything else: nothing that the bench sends or asks for.
    Other,
}

/// A frame at the beginning of a buffer.
#[derive(Debug, PartialEq, Eq)]
pub struct Frame {
    /// What it is.
    pub kind: Kind,
    /// Where its payload begins.
    pub start: usize,
    /// Where it ends, and the next one begins.
    pub end: usize,
    /// The masking key, of a client's frame.
    pub mask: Option<[u8; 4]>,
}

/// Reads the frame that the bytes begin with; `None` if they are not the whole of it.
pub fn read(bytes: &[u8]) -> Option<Frame> {
    let [first, second] = *bytes.first_chunk()?;
    let (length, mut start) = match second & 0x7f {
        126 => (u64::from(u16::from_be_bytes(*bytes.get(2..)?.first_chunk()?)), 4),
        127 => (u64::from_be_bytes(*bytes.get(2..)?.first_chunk()?), 10),
        short => (u64::from(short), 2),
    };
    let mask = if second & 0x80 == 0 {
        None
    } else {
        start += 4;
        Some(*bytes.get(start - 4..)?.first_chunk()?)
    };
    let end = start.checked_add(usize::try_from(length).ok()?)?;
    if bytes.len() < end {
        return None;
    }
    let kind = match first {
        0x81 => Kind::Text,
        0x88 => Kind::Close,
        0x89 => Kind::Ping,
        _ => Kind::Other,
    };
    Some(Frame { kind, start, end, mask })
}

/// Appends a client's text frame around what `write` appends.
///
/// The masking key is zero: the bytes stay as they are, and the server has the same work with it as with any other.
pub fn write_masked(out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) {
    // The longest header, cut to what is needed once the length is known.
    const LONGEST: usize = 14;
    let begin = out.len();
    out.resize(begin + LONGEST, 0);
    write(out);
    let length = out.len() - begin - LONGEST;
    let mut header = Vec::with_capacity(LONGEST);
    write_header(&mut header, 0x81, length);
    header[1] |= 0x80;
    header.extend_from_slice(&[0; 4]);
    out.splice(begin..begin + LONGEST, header);
}

/// Appends a server's text frame.
pub fn write_plain(out: &mut Vec<u8>, text: &[u8]) {
    write_header(out, 0x81, text.len());
    out.extend_from_slice(text);
}

/// Appends a client's empty pong.
pub fn write_pong(out: &mut Vec<u8>) {
    out.extend_from_slice(&[0x8a, 0x80, 0, 0, 0, 0]);
}

fn write_header(out: &mut Vec<u8>, first: u8, length: usize) {
    out.push(first);
    match (u8::try_from(length), u16::try_from(length)) {
        (Ok(length @ ..=125), _) => out.push(length),
        (_, Ok(length)) => {
            out.push(126);
            out.extend_from_slice(&length.to_be_bytes());
        }
        _ => {
            out.push(127);
            out.extend_from_slice(&(length as u64).to_be_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_of_every_length_are_read_back() {
        for length in [0, 1, 125, 126, 127, 65_535, 65_536] {
            let text = vec![b'x'; length];
            let mut masked = Vec::new();
            write_masked(&mut masked, |out| out.extend_from_slice(&text));
            let mut plain = Vec::new();
            write_plain(&mut plain, &text);
            for (bytes, mask) in [(masked, Some([0; 4])), (plain, None)] {
                let frame = read(&bytes).expect("it is whole");
                assert_eq!((frame.kind, frame.end, frame.mask), (Kind::Text, bytes.len(), mask));
                assert_eq!(bytes[frame.start..frame.end], text);
                assert_eq!(read(&bytes[..bytes.len() - 1]), None);
            }
        }
    }
}
