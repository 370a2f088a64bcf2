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

/// How long after its sender left a room a message that was written there is still taken, in milliseconds: the tunnels
/// and dead spots in which a message waits last a few minutes. It is also how much longer a client that lies about when
/// it wrote something can speak in a room that its participant was taken out of, unless they are muted or removed.
pub const LATE_MESSAGE_MS: u64 = 5 * 60 * 1_000;

/// Most departures of one participant that are kept for late messages: more moves in that time are not to be expected.
pub const DEPARTURES: usize = 8;

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

/// Most openings of a room that it lists: a day of short rounds, in half a kilobyte of every copy of the room.
pub const ROOM_ROUNDS: usize = 20;

/// Most stays of a participant that are kept, in all breakout rooms together. Beyond it the oldest is dropped, and its
/// messages are no longer readable. Twice the rooms of a session; for a thousand participants some megabytes.
pub const STAYS_PER_PARTICIPANT: usize = 2 * ROOMS;

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

/// Newest deleted templates of one person that a repeated request is known by: more than anybody deletes in a day.
pub const TEMPLATES_REMEMBERED: usize = 1_000;

/// Longest list of people that can be imported, in bytes: 10,000 lines with an address, a name and a room.
pub const IMPORT_BYTES: usize = 1024 * 1024;

/// Longest request of the Worker to a session's object, in bytes: the longest list that can be imported, if every byte of
/// it becomes six in JSON, and who sends it.
pub const CALL_BYTES: usize = 7 * IMPORT_BYTES;

/// How long receipts gather before they are told, in milliseconds: seen as at once, and one frame however many people
/// read.
pub const RECEIPTS_MS: u64 = 1_000;

/// Most positions that receipts tell apart. Below them it no longer matters who is where.
pub const RECEIPT_POSITIONS: usize = 50;

/// For how long somebody who polls is told that another is writing, in milliseconds: as long as it shows.
pub const TYPING_MS: u64 = 5_000;

/// Shortest time between two reports that the same person writes in the same place, in milliseconds: those between are
/// dropped. The SDK reports every three seconds.
pub const TYPING_EVERY_MS: u64 = 2_000;

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

/// Most bytes sent to a connection that its client has not confirmed: a page of history of the longest messages, several
/// times over. What a client does not read is held for it, and all sockets of a session share 128 MB.
pub const UNCONFIRMED_BYTES: u64 = 8 * 1024 * 1024;

/// The same for all connections of one participant together, those included that were closed and did not take in the
/// close yet: an eighth of what a session may hold.
pub const UNCONFIRMED_BYTES_PER_PARTICIPANT: u64 = 2 * UNCONFIRMED_BYTES;

/// Unconfirmed bytes after which a client is asked to confirm, and after which the count is kept beside the socket: rare
/// in any talk, and far below [`UNCONFIRMED_BYTES`].
pub const CONFIRM_EVERY_BYTES: u64 = 512 * 1024;

/// Minutes over which a room's liveliness is told: long enough to be steady, short enough to be now.
pub const ACTIVITY_MINUTES: u64 = 5;

/// Most WebSockets of one participant: a few tabs and devices; more is a client in a loop.
pub const SOCKETS_PER_PARTICIPANT: usize = 10;

/// Most minutes of a room that a debrief counts messages in: a day of talk without a pause, some 30 KB.
pub const DEBRIEF_MINUTES: usize = 24 * 60;

/// Most WebSockets of a session that have said `hello`: every participant on two devices. The platform's own limit is
/// 32,768.
pub const SOCKETS_PER_SESSION: usize = 2_000;

/// Most WebSockets of a session that have not said `hello` yet: everybody coming back in the same moment. Beyond it the
/// oldest of them is closed, so that sockets that say nothing keep nobody out.
pub const SOCKETS_WITHOUT_HELLO: usize = SOCKETS_PER_SESSION;

/// Time from a handshake to the `hello`, in milliseconds: the slowest mobile network needs two or three seconds for both.
pub const HELLO_WITHIN_MS: u64 = 10_000;

/// Sockets without a `hello` are closed at multiples of this, in milliseconds: handshakes of the same seconds share an
/// alarm, each of which is billed.
pub const HELLO_LOOK_MS: u64 = 5_000;

/// Most long polls that one participant may have waiting.
pub const POLLS_PER_PARTICIPANT: usize = 4;

/// Most commands of one participant at once, messages among them: what somebody wrote while offline goes out in one
/// go, and so does a script that sets a session up. As many messages to a thousand people are a second of work.
pub const COMMANDS_AT_ONCE: u64 = 1_000;

/// After that, time from one command to the next, in milliseconds: 20 a second, which no hand reaches.
pub const COMMAND_INTERVAL_MS: u64 = 50;

/// Most frames of one participant that are refused at once because they come too fast; beyond it the connection is closed.
/// A client that sends everything it has queued, twice, is still told about each; refusing so many takes some 20 ms.
pub const REFUSALS_AT_ONCE: u64 = 2 * COMMANDS_AT_ONCE;

/// For how long a participant whose connection was closed for that is not let in again, in milliseconds: a client that
/// connects again at once and goes on costs a handshake in so much time.
pub const FLOOD_PAUSE_MS: u64 = 10_000;

/// Bytes of a message that count for one command more: reading 16 KB of JSON takes as long as a command.
pub const BYTES_IN_PER_COMMAND: usize = 16 * 1024;

/// Bytes of an answer that count for one command more: 1.3 MB a second for one participant.
pub const BYTES_OUT_PER_COMMAND: usize = 64 * 1024;

/// Most messages in one page of history.
pub const MESSAGES_PAGE: u32 = 100;

/// Messages in a page of history when the request does not say.
pub const MESSAGES_PAGE_DEFAULT: u32 = 50;

/// Longest text to search for: a sentence.
pub const SEARCH_CHARS: usize = 100;

/// Most letters that it stands for. A character may decompose into eighteen, a syllable of Hangul into three.
pub const SEARCH_FOLDED_CHARS: usize = 400;

/// Most messages that one search reads.
pub const SEARCH_MESSAGES: usize = 2_000;

/// Most letters of one message that a search looks at: all of the longest message in every script, of which Hangul
/// decomposes into the most, and not all of one that is nothing but ligatures of eighteen.
pub const SEARCH_MESSAGE_CHARS: usize = 4 * MESSAGE_CHARS;

/// Most work of one search, in characters that are decomposed: some 20 ms of the session's time. It is enough for
/// [`SEARCH_MESSAGES`] of usual length; a search among longer ones ends its page earlier.
pub const SEARCH_STEPS: u64 = 500_000;

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

/// Most bytes of events that a resume replays; a client that missed more gets a fresh snapshot. Half of what a connection
/// may leave unconfirmed, so that no resume closes the connection that asked for it.
pub const RESUME_BYTES: usize = UNCONFIRMED_BYTES as usize / 2;

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

/// How long after its last entry a session that nobody used is deleted, in milliseconds: lessons are planned for a month,
/// and their links are in calendars long before anybody comes.
pub const UNUSED_SESSION_MS: u64 = 30 * 24 * 60 * 60 * 1_000;

/// How long such a session is kept at least after somebody asked for it, in milliseconds: they may be about to use it.
pub const VISIT_MS: u64 = 24 * 60 * 60 * 1_000;

/// Lifetime of a socket ticket: time enough to open a socket, too short to be worth stealing.
pub const TICKET_LIFETIME_MS: u64 = 30_000;

/// Most unused tickets of one participant.
pub const TICKETS_PER_PARTICIPANT: u32 = 20;

/// How long a socket stays open after its token expired, so that a client can send `auth` with a new one.
pub const TOKEN_GRACE_MS: u64 = 25_000;

/// Lifetime of a token from the development route.
pub const DEVELOPMENT_TOKEN_MS: u64 = 12 * 60 * 60 * 1_000;
