//! What a message says: who it is, and padding.
//!
//! A mark, `~`, the room in 4 and the number in 8 hexadecimal digits, `~`, is found in any text around it without
//! parsing that text: reading must stay cheaper than what is measured.

/// Length of a mark in bytes.
pub const MARK: usize = 14;

/// Shortest content: the mark alone.
pub const SMALLEST: usize = MARK;

/// Which message: the `number`-th of its room, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageId {
    /// The room's index.
    pub room: u16,
    /// How many messages were sent to the room before.
    pub number: u32,
}

impl MessageId {
    /// The mark as text.
    pub fn mark(self) -> [u8; MARK] {
        let mut mark = [b'~'; MARK];
        write_hex(&mut mark[1..5], u32::from(self.room));
        write_hex(&mut mark[5..13], self.number);
        mark
    }

    /// Reads the mark that a text begins with.
    pub fn read(text: &[u8]) -> Option<Self> {
        let mark = text.get(..MARK)?;
        if mark[0] != b'~' || mark[MARK - 1] != b'~' {
            return None;
        }
        let room = u16::try_from(read_hex(&mark[1..5])?).ok()?;
        let number = read_hex(&mark[5..13])?;
        Some(Self { room, number })
    }
}

/// Appends a content of `size` bytes.
pub fn write_content(text: &mut Vec<u8>, id: MessageId, size: usize) {
    text.extend_from_slice(&id.mark());
    text.resize(text.len() + size.saturating_sub(MARK), b'x');
}

fn write_hex(digits: &mut [u8], mut value: u32) {
    for digit in digits.iter_mut().rev() {
        *digit = b"0123456789abcdef"[(value & 15) as usize];
        value >>= 4;
    }
}

fn read_hex(digits: &[u8]) -> Option<u32> {
    digits
        .iter()
        .try_fold(0u32, |value, digit| Some(value << 4 | char::from(*digit).to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_read_back() {
        let id = MessageId {
            room: 0x12af,
            number: 0xdead_beef,
        };
        let mut text = Vec::new();
        write_content(&mut text, id, 64);
        assert_eq!(text.len(), 64);
        assert_eq!(MessageId::read(&text), Some(id));
    }

    #[test]
    fn what_is_no_mark_is_none() {
        assert_eq!(MessageId::read(b"~12af"), None);
        assert_eq!(MessageId::read(b"~000000000000x"), None);
        assert_eq!(MessageId::read(b"~00000000000g~"), None);
    }
}
