//! Every limit of this crate, each with the reason for its number.
//!
//! Work is counted in look-ups of one pair of people, not in time: there is no clock here, and the same request
//! must give the same answer on every machine. A look-up takes 1 to 3 ns natively.

/// Most people in one request: everyone in the largest session.
pub const PEOPLE: usize = flagship_protocol::limits::PARTICIPANTS;

/// Most rooms in one request: every room of a session, `main` included.
pub const ROOMS: usize = flagship_protocol::limits::ROOMS + 1;

/// Most tags of one person in a request: how many two people share is kept in one byte.
pub const TAGS: usize = 127;

/// Most comparisons of two people by a word of 128 tags, once for each request that looks at tags: some 20 ms of native
/// CPU. As many people as there may be with 16 tags each take 8,000,000 at most.
pub const TAG_PAIRS: usize = 10_000_000;

/// Most sets of people that are to be together or apart: one for each person.
pub const RULES: usize = PEOPLE;

/// Most pairs of people that are to be apart: a hundred for each person, as when everybody stays apart from their own
/// team of a hundred.
pub const APART_PAIRS: usize = 100_000;

/// Newest earlier rounds that count. How often two people met is kept in one byte, with room for planned rounds.
pub const HISTORY_ROUNDS: usize = 150;

/// Most rounds planned at once: as many as a day of five-minute rounds has, with the byte of [`HISTORY_ROUNDS`].
pub const PLANNED_ROUNDS: usize = 100;

/// Most look-ups spent on bettering one round: about 20 ms of native CPU for the largest session.
pub const IMPROVE_WORK: u64 = 6_000_000;

/// Most look-ups spent on bettering one round for each of its people, so that a small session costs little.
pub const IMPROVE_WORK_PER_PERSON: u64 = 100_000;

/// Most look-ups spent on bettering a plan of several rounds at once: about a tenth of a second.
pub const PLAN_WORK: u64 = 60_000_000;

/// Most placements that are all tried: eight people in three rooms, some milliseconds of native CPU.
pub const SMALL_PLACEMENTS: usize = 10_000;

/// Work of the repair that makes room for people whom the first try could not place.
pub const REPAIR_WORK: u64 = 2_000_000;

/// Work of the search for people who are all to be apart and are more than the rooms.
pub const CLIQUE_WORK: u64 = 1_000_000;

/// Work of the complete search for a placement, where the first try and its repair failed. Small requests are
/// settled by it for certain.
pub const EXACT_WORK: u64 = 1_000_000;

/// Most rules that are tried one by one to find those that contradict each other.
pub const CONTRADICTION_RULES: usize = 48;

/// Work of each of these tries.
pub const CONTRADICTION_WORK: u64 = 200_000;

/// Most lines of people in one CSV file: ten times the largest session, so that a whole company's list can be read.
pub const CSV_LINES: usize = 10_000;

/// Most cells of one line that are looked at: more columns than any list of people has.
pub const CSV_CELLS: usize = 1_000;

/// Most problems that a report of an import lists. More are only counted: nobody reads the thousandth.
pub const CSV_PROBLEMS: usize = 1_000;

/// Most quotes that were opened and never closed after which reading starts again at the next line.
pub const CSV_UNCLOSED_QUOTES: usize = 20;

/// Longest key of a person in a CSV file, in bytes: the longest valid e-mail address.
pub const PERSON_KEY_BYTES: usize = 254;

/// Longest tag, in characters: fits a label beside a name.
pub const TAG_CHARS: usize = 40;

/// Most tags of one person in a CSV file.
pub const TAGS_PER_PERSON: usize = 16;

/// Most topics: no more than rooms, since a topic is there to fill one.
pub const TOPICS: usize = ROOMS;

/// Most numbers in one vector: the models in use for sentences give 384, 768 or 1,024.
pub const DIMENSIONS: usize = 1_024;

/// Most multiplications spent on finding topics: some tenths of a second in the Worker. The largest request, for which
/// one pass over everybody takes half of it, is begun and gone through once.
pub const TOPIC_WORK: u64 = 200_000_000;

/// Most times that the search for topics begins anew. From one beginning in several it ends at a poor local best.
pub const TOPIC_TRIES: usize = 4;

/// Most passes over everybody from one beginning. Few sets of vectors need more than twenty to settle.
pub const TOPIC_PASSES: usize = 30;

/// Fewest letters of a word that becomes a tag. Shorter ones are articles and prepositions in most languages.
pub const KEYWORD_LETTERS: usize = 3;

/// Most people who may share a word that becomes a tag, in percent: two of three. What more people say is grammar, or
/// tells nobody apart.
pub const KEYWORD_PEOPLE_PERCENT: usize = 67;

/// Most words that become tags of one person. More would make everybody like everybody.
pub const KEYWORDS_PER_PERSON: usize = 5;

/// Most characters of one text that are looked at: all that people may write about themselves.
pub const KEYWORD_TEXT_CHARS: usize = flagship_protocol::limits::ABOUT_CHARS;

/// Most different words that become tags: more groups than there are rooms.
pub const KEYWORDS: usize = 127;

/// Most different words of one text that are looked at: a page.
pub const KEYWORD_TEXT_WORDS: usize = 300;
