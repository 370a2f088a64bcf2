//! Every limit, each with the reason for its number.
//!
//! Lengths of text are in Unicode scalar values unless the name says bytes; durations are in milliseconds.

/// Longest session title. Fits one line of a page header.
pub const SESSION_TITLE_CHARS: usize = 120;

/// Longest room name. Fits a room card without wrapping more than twice.
pub const ROOM_NAME_CHARS: usize = 80;

/// Longest alias. Longer names are cut by every chat list anyway.
pub const ALIAS_CHARS: usize = 64;

/// Longest message. About two printed pages; at four bytes a character it stays within [`FRAME_BYTES`].
pub const MESSAGE_CHARS: usize = 4_000;

/// Most people that one message mentions: beyond that it is for everybody.
pub const MENTIONS: usize = 50;

/// Longest emoji, in Unicode scalar values: two people of two skin tones who kiss are ten.
pub const EMOJI_CHARS: usize = 16;

/// Most different emoji at one message: two lines below it.
pub const EMOJI_PER_MESSAGE: usize = 20;

/// Most reactions at one message, of everybody together: with ids of common length a message stays below 20 KB, with
/// the longest below 150. They travel with every copy of it.
pub const REACTIONS_PER_MESSAGE: usize = 500;

/// Longest frame or HTTP body accepted from a client: an assignment of every participant fits, with ids of up to 128
/// bytes (longer ones take two), and reading one never delays the others.
pub const FRAME_BYTES: usize = 256 * 1024;

/// Most frames in one array. One WebSocket message stays one short turn of the session.
pub const FRAMES_PER_MESSAGE: usize = 64;

/// Longest idempotency key. Room for a UUID with a prefix; the session keeps keys for a day.
pub const COMMAND_ID_CHARS: usize = 128;

/// Longest participant id in bytes: the token's subject, of which OpenID Connect allows 255 (Core 1.0, section 2).
pub const PARTICIPANT_ID_BYTES: usize = 255;

/// Longest token, in bytes. Tokens with a few hundred groups have 8 to 12 KB; the platform takes 128 KB of headers in
/// all, and common servers and proxies refuse a header line of more than 16 KB.
pub const TOKEN_BYTES: usize = 16 * 1024;

/// Longest session id.
pub const SESSION_ID_CHARS: usize = 64;

/// Longest room id.
pub const ROOM_ID_CHARS: usize = 32;

/// Most rooms that are not deleted, beside `main`.
pub const ROOMS: usize = 100;

/// Most participants of a session, those who left included: the largest live session the product promises.
pub const PARTICIPANTS: usize = 1_000;

/// Largest capacity that a room may be given.
pub const ROOM_CAPACITY: u64 = 1_000;

/// Shortest timer. A shorter one would be over before anybody saw it.
pub const TIMER_MIN_MS: u64 = 1_000;

/// Longest timer, and furthest end of one that is extended. No gathering lasts longer than a day.
pub const TIMER_MAX_MS: u64 = 24 * 60 * 60 * 1_000;

/// Longest countdown before rooms close: what people need to finish a thought.
pub const COUNTDOWN_MAX_MS: u64 = 300_000;

/// Countdown of a new session.
pub const COUNTDOWN_DEFAULT_MS: u64 = 30_000;

/// Before a timer ends, everyone is warned when this much time is left.
pub const TIMER_WARNINGS_MS: [u64; 2] = [5 * 60 * 1_000, 60 * 1_000];

/// Most people in one assignment: everyone.
pub const ASSIGNMENTS: usize = PARTICIPANTS;

/// Shortest pause between two messages in slow mode.
pub const SLOW_MODE_MIN_MS: u64 = 1_000;

/// Longest pause between two messages in slow mode: longer is muting.
pub const SLOW_MODE_MAX_MS: u64 = 60 * 60 * 1_000;

/// Longest text of a request for help: two sentences, read at a glance in a queue.
pub const HELP_CHARS: usize = 280;

/// Longest text of somebody about themselves: what fits a card.
pub const ABOUT_CHARS: usize = 500;

/// Longest tag, in characters: fits a label beside a name.
pub const TAG_CHARS: usize = 40;

/// Most tags of one person: more say nothing about them.
pub const TAGS_PER_PERSON: usize = 16;

/// Longest key of an expected guest: the longest participant id. A valid e-mail address has at most 254 characters.
pub const GUEST_KEY_CHARS: usize = PARTICIPANT_ID_BYTES;

/// Longest e-mail address: what fits the path of an SMTP command (RFC 5321, section 4.5.3.1.3, without its brackets).
pub const EMAIL_CHARS: usize = 254;

/// Most guests who are expected at once: as many people as a session has.
pub const GUESTS: usize = PARTICIPANTS;

/// Most facilitators of one room.
pub const FACILITATORS: usize = 20;

/// Longest name of a template. Fits a menu.
pub const TEMPLATE_NAME_CHARS: usize = 80;

/// Most templates that one person keeps.
pub const TEMPLATES_PER_PERSON: usize = 100;

/// Longest list of people that can be imported, in bytes: 10,000 lines with an address, a name and a room.
pub const IMPORT_BYTES: usize = 1024 * 1024;

/// How long receipts gather before they are told, in milliseconds: seen as at once, and one frame however many people
/// read.
pub const RECEIPTS_MS: u64 = 1_000;

/// Most positions that receipts tell apart. Below them it no longer matters who is where.
pub const RECEIPT_POSITIONS: usize = 50;

/// For how long somebody who polls is told that another is writing, in milliseconds: as long as it shows.
pub const TYPING_MS: u64 = 5_000;

/// Newest words of writing that are kept for those who poll: more would not be shown.
pub const TYPING_KEPT: usize = 64;

/// Most talks with single people whose positions a socket keeps while the object sleeps. Those of older talks are a
/// row.
pub const DIRECT_POSITIONS_PER_SOCKET: usize = 24;

/// Most bytes that these positions take: they fit beside everything else into the 16 KB that the platform keeps with a
/// socket. Two bytes a character are counted, which is what it takes as soon as one is outside of Latin-1.
pub const DIRECT_POSITIONS_BYTES: usize = 10 * 1024;

/// For how long somebody who said something is told of receipts, in milliseconds.
pub const RECEIPTS_TOLD_MS: u64 = 10 * 60 * 1_000;

/// Most events sent to a connection beyond what it said it received, once it has said so at all. A client says so
/// every second and every 32 events; one that is this far behind does not read, and can still resume.
pub const UNACKNOWLEDGED_EVENTS: u64 = 1_500;

/// Minutes over which a room's liveliness is told: long enough to be steady, short enough to be now.
pub const ACTIVITY_MINUTES: u64 = 5;

/// Most WebSockets of one participant: a few tabs and devices; more is a client in a loop.
pub const SOCKETS_PER_PARTICIPANT: usize = 10;

/// Most minutes of a room that a debrief counts messages in: a day of talk without a pause, some 30 KB.
pub const DEBRIEF_MINUTES: usize = 24 * 60;

/// Most WebSockets of a session: every participant on two devices. The platform's own limit is 32,768.
pub const SOCKETS_PER_SESSION: usize = 2_000;

/// Most long polls that one participant may have waiting.
pub const POLLS_PER_PARTICIPANT: usize = 4;

/// Most commands of one participant at once, messages among them: what somebody wrote while offline goes out in one
/// go, and so does a script that sets a session up. As many messages to a thousand people are a second of work.
pub const COMMANDS_AT_ONCE: u64 = 1_000;

/// After that, time from one command to the next, in milliseconds: 20 a second, which no hand reaches.
pub const COMMAND_INTERVAL_MS: u64 = 50;

/// Most messages in one page of history.
pub const MESSAGES_PAGE: u32 = 100;

/// Messages in a page of history when the request does not say.
pub const MESSAGES_PAGE_DEFAULT: u32 = 50;

/// Longest text to search for: a sentence.
pub const SEARCH_CHARS: usize = 100;

/// Most messages that one search reads: some 20 ms of the session's time.
pub const SEARCH_MESSAGES: usize = 2_000;

/// Most journal entries that one search goes through to find them.
pub const SEARCH_ENTRIES: u64 = 20_000;

/// Commands that one search counts for: one a second, for who searches all the time.
pub const SEARCH_COST: u64 = 20;

/// Newest direct messages that a fresh snapshot carries, of all of one's conversations together.
pub const SNAPSHOT_DIRECT_MESSAGES: usize = 50;

/// Newest messages of each followed room that a fresh snapshot carries: about two screens, so that a room is
/// never empty at first sight.
pub const SNAPSHOT_MESSAGES: usize = 50;

/// Most events that a resume replays; a client that missed more gets a fresh snapshot, which is smaller.
pub const RESUME_EVENTS: u64 = 2_000;

/// Newest events of a room that the journal answers for; older pages come from the archive once they are there.
pub const JOURNAL_TAIL: u64 = 500;

/// Idempotency keys are kept at least this long.
pub const IDEMPOTENCY_WINDOW_MS: u64 = 24 * 60 * 60 * 1_000;

/// … and at least this many of them are kept, however old.
pub const IDEMPOTENCY_WINDOW_ENTRIES: usize = 50_000;

/// Journal entries between two snapshots: a wake never replays more than this many.
pub const SNAPSHOT_INTERVAL: u64 = 256;

/// How long a long poll waits for something to happen. Below the 30 s after which common proxies give up.
pub const LONG_POLL_MS: u64 = 25_000;

/// How long somebody who polls still counts as connected after an answer: time for the next request to come over a
/// bad line. It also bounds how long the object stays awake for somebody who has gone.
pub const LISTENER_LEASE_MS: u64 = 15_000;

/// How long such a person counts as connected after the object was out of memory, and with it the end of their lease:
/// less than the 10 s without anything to do after which the platform puts an object to sleep, so that it is awake to
/// see the end.
pub const LISTENER_RETURN_MS: u64 = 8_000;

/// Time after which an idle stream of events carries a comment. Proxies cut lines that are silent for 30 to 60 s.
pub const STREAM_HEARTBEAT_MS: u64 = 15_000;

/// Steps after which a stream of events ends, to be resumed by the client. Each is a request to the session's
/// object, of which one request to the Worker may make 1,000.
pub const STREAM_STEPS: u32 = 900;

/// How long a client waits before it resumes a stream that ended, in milliseconds: at once, for a person.
pub const STREAM_RETRY_MS: u64 = 1_000;

/// Lifetime of a socket ticket: time enough to open a socket, too short to be worth stealing.
pub const TICKET_LIFETIME_MS: u64 = 30_000;

/// Most unused tickets of one participant.
pub const TICKETS_PER_PARTICIPANT: u32 = 20;

/// How long a socket stays open after its token expired, so that a client can send `auth` with a new one.
pub const TOKEN_GRACE_MS: u64 = 25_000;

/// Lifetime of a token from the development route.
pub const DEVELOPMENT_TOKEN_MS: u64 = 12 * 60 * 60 * 1_000;
