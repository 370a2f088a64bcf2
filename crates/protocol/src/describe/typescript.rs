//! The wire as TypeScript: one file of types and constants.

use std::any::TypeId;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use ts_rs::{Config, TS, TypeVisitor};

use crate::close::{AfterClose, CloseCode};
use crate::error::{ErrorCode, Problem};
use crate::frames::{ClientFrame, ServerFrame};
use crate::{commands, http, limits};

/// The text of `protocol.ts`.
pub fn typescript() -> String {
    let mut types = Types {
        config: Config::default().with_large_int("number"),
        seen: BTreeSet::new(),
        found: BTreeMap::new(),
    };
    types.visit::<ClientFrame>();
    types.visit::<ServerFrame>();
    types.visit::<commands::Command>();
    types.visit::<Problem>();
    types.visit::<AfterClose>();
    types.visit::<http::CreateSession>();
    types.visit::<http::SessionBody>();
    types.visit::<http::RoomBody>();
    types.visit::<http::RoomsBody>();
    types.visit::<http::UpdateRoomBody>();
    types.visit::<http::MessageBody>();
    types.visit::<http::MessagesPage>();
    types.visit::<http::DirectMessagesPage>();
    types.visit::<http::SearchPage>();
    types.visit::<http::EventsPage>();
    types.visit::<http::Ticket>();
    types.visit::<http::DevelopmentTokenRequest>();
    types.visit::<http::DevelopmentToken>();
    types.visit::<http::DebugPermissions>();
    types.visit::<http::TestRoomCreation>();
    types.visit::<http::DryRun>();
    types.visit::<http::ActivityBody>();
    types.visit::<http::Debrief>();
    types.visit::<http::AssignmentImport>();
    types.visit::<http::AssignmentList>();
    types.visit::<http::SaveTemplate>();
    types.visit::<http::TemplateBody>();
    types.visit::<http::TemplatesBody>();
    types.visit::<http::ApplyTemplate>();
    types.visit::<http::CreatedRooms>();
    types.visit::<http::ProposalRequest>();
    types.visit::<http::AssignmentProposal>();
    types.visit::<http::Health>();

    let mut text = String::from("// Generated from crates/protocol by `npm run types`. Do not edit.\n\n");
    for declaration in types.found.values() {
        text.push_str(declaration);
        text.push('\n');
    }
    constants(&mut text);
    text
}

struct Types {
    config: Config,
    seen: BTreeSet<TypeId>,
    found: BTreeMap<String, String>,
}

impl TypeVisitor for Types {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        // Only types of this crate have a place of their own; the others are written out where they are used.
        if T::output_path().is_some() {
            let docs = T::docs()
                .map(|docs| format!("{}\n", docs.trim_end()))
                .unwrap_or_default();
            let declaration = format!("{docs}export {}\n", T::decl(&self.config));
            self.found.insert(T::ident(&self.config), declaration);
        }
        T::visit_dependencies(self);
    }
}

fn constants(text: &mut String) {
    let quoted = |tags: Vec<&str>| {
        tags.iter()
            .map(|tag| format!("\"{tag}\""))
            .collect::<Vec<_>>()
            .join(", ")
    };
    // Writing to a String cannot fail.
    let _ = writeln!(text, "export const PROTOCOL_VERSION = {};", crate::PROTOCOL_VERSION);
    let _ = writeln!(text, "export const SUBPROTOCOL = \"{}\";", crate::SUBPROTOCOL);
    let _ = writeln!(
        text,
        "export const BEARER_SUBPROTOCOL_PREFIX = \"{}\";\n",
        crate::BEARER_SUBPROTOCOL_PREFIX
    );
    let _ = writeln!(
        text,
        "export const COMMANDS = [{}] as const;\n",
        quoted(commands::Command::TAGS.to_vec())
    );
    let _ = writeln!(
        text,
        "export const ERROR_CODES = [{}] as const;\n",
        quoted(ErrorCode::ALL.iter().map(|code| code.tag()).collect())
    );

    text.push_str("/** Application close codes of the socket; every other code means: reconnect. */\nexport const CLOSE_CODES = {\n");
    for code in CloseCode::ALL {
        let after = serde_json::to_string(&code.after()).unwrap_or_default();
        let _ = writeln!(
            text,
            "  {}: {{ reason: \"{}\", after: {after} }},",
            code.code(),
            code.reason()
        );
    }
    text.push_str("} as const satisfies Record<number, { reason: string; after: AfterClose }>;\n\n");

    text.push_str("/** Limits that a client can check before it asks. Lengths are in Unicode characters, durations in milliseconds. */\nexport const LIMITS = {\n");
    for (name, value) in [
        ("sessionTitleChars", limits::SESSION_TITLE_CHARS as u64),
        ("roomNameChars", limits::ROOM_NAME_CHARS as u64),
        ("aliasChars", limits::ALIAS_CHARS as u64),
        ("messageChars", limits::MESSAGE_CHARS as u64),
        ("frameBytes", limits::FRAME_BYTES as u64),
        ("framesPerMessage", limits::FRAMES_PER_MESSAGE as u64),
        ("roomCapacity", limits::ROOM_CAPACITY),
        ("timerMinMs", limits::TIMER_MIN_MS),
        ("timerMaxMs", limits::TIMER_MAX_MS),
        ("countdownMaxMs", limits::COUNTDOWN_MAX_MS),
        ("slowModeMinMs", limits::SLOW_MODE_MIN_MS),
        ("slowModeMaxMs", limits::SLOW_MODE_MAX_MS),
        ("helpChars", limits::HELP_CHARS as u64),
        ("aboutChars", limits::ABOUT_CHARS as u64),
        ("tagChars", limits::TAG_CHARS as u64),
        ("tagsPerPerson", limits::TAGS_PER_PERSON as u64),
        ("guestKeyChars", limits::GUEST_KEY_CHARS as u64),
        ("rooms", limits::ROOMS as u64),
        ("templateNameChars", limits::TEMPLATE_NAME_CHARS as u64),
        ("mentions", limits::MENTIONS as u64),
        ("emojiPerMessage", limits::EMOJI_PER_MESSAGE as u64),
        ("searchChars", limits::SEARCH_CHARS as u64),
        ("snapshotDirectMessages", limits::SNAPSHOT_DIRECT_MESSAGES as u64),
        ("messagesPage", u64::from(limits::MESSAGES_PAGE)),
        ("lateMessageMs", limits::LATE_MESSAGE_MS),
        ("longPollMs", limits::LONG_POLL_MS),
        ("tokenGraceMs", limits::TOKEN_GRACE_MS),
    ] {
        let _ = writeln!(text, "  {name}: {value},");
    }
    text.push_str("} as const;\n");
}
