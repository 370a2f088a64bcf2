//! The routes: the Worker's router and the OpenAPI document are both built from this table.

/// An HTTP method that some route takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates or acts.
    Post,
    /// Changes a part.
    Patch,
    /// Removes.
    Delete,
}

impl Method {
    /// Its name as HTTP spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// One route.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    /// What it is for, in one line.
    pub summary: &'static str,
    /// Its method.
    pub method: Method,
    /// Its path, with `{parameters}`.
    pub path: &'static str,
    /// What answers it.
    pub name: RouteName,
}

macro_rules! routes {
    ($($name:ident: $method:ident $path:literal, $summary:literal;)*) => {
        /// What answers a route.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum RouteName {
            $(#[doc = $summary] $name,)*
        }

        /// Every route.
        pub const ROUTES: &[Route] = &[
            $(Route { summary: $summary, method: Method::$method, path: $path, name: RouteName::$name },)*
        ];
    };
}

routes! {
    CreateSession: Post "/api/sessions", "Create a session; the caller becomes its host.";
    GetSession: Get "/api/sessions/{session}", "The session as it is.";
    PostCommand: Post "/api/sessions/{session}/commands", "Any command, with the same body as on the socket.";
    GetEvents: Get "/api/sessions/{session}/events", "Wait up to 25 s for events after the cursor, or follow them as a stream.";
    ListRooms: Get "/api/sessions/{session}/breakout-rooms", "The breakout rooms and who is in them.";
    CreateRoom: Post "/api/sessions/{session}/breakout-rooms", "Create a breakout room.";
    UpdateRoom: Patch "/api/sessions/{session}/breakout-rooms/{room}", "Rename, cap or lock a room.";
    DeleteRoom: Delete "/api/sessions/{session}/breakout-rooms/{room}", "Take a room off the list; those in it return to main.";
    JoinRoom: Post "/api/sessions/{session}/breakout-rooms/{room}/join", "Go into a room.";
    LeaveRoom: Post "/api/sessions/{session}/breakout-rooms/{room}/leave", "Return to main from this room.";
    CloseRoom: Post "/api/sessions/{session}/breakout-rooms/{room}/close", "Close a room; those in it return to main.";
    ListMessages: Get "/api/sessions/{session}/messages", "A page of a room's messages.";
    GetMessage: Get "/api/sessions/{session}/messages/{message}", "One message of a room that one may read.";
    ListDirectMessages: Get "/api/sessions/{session}/direct-messages", "A page of the direct messages that one wrote or got.";
    Search: Get "/api/sessions/{session}/search", "Messages that have all the words, in the rooms that one may read and among one's direct messages; newest first.";
    GetReceipts: Get "/api/sessions/{session}/receipts", "How far those in a room have got with what is said in it.";
    MoveCursor: Post "/api/sessions/{session}/cursors", "Say how far one has got, as a cursor frame does.";
    SayTyping: Post "/api/sessions/{session}/typing", "Say that one is writing, as a typing frame does.";
    SendMessage: Post "/api/sessions/{session}/messages", "Say something in a room.";
    GetActivity: Get "/api/sessions/{session}/activity", "How lively each room is, for hosts and moderators; without what is said.";
    ProposeAssignment: Post "/api/sessions/{session}/assignment-proposals", "Who could go where, for hosts and moderators; changes nothing.";
    ReadAssignments: Post "/api/sessions/{session}/assignment-imports", "What a list of people and rooms (CSV) would bring about, for hosts and moderators; changes nothing.";
    ListAssignments: Get "/api/sessions/{session}/assignments", "Who is assigned to which room, for hosts and moderators; with format=csv as a table.";
    ApplyTemplate: Post "/api/sessions/{session}/templates", "Create the rooms of a template.";
    GetDebrief: Get "/api/sessions/{session}/debrief", "Who was where and when, for hosts and moderators; with format=csv the visits as a table.";
    CreateTicket: Post "/api/sessions/{session}/tickets", "A ticket that opens one socket within 30 s.";
    OpenSocket: Get "/api/sessions/{session}/socket", "The WebSocket; see docs/protocol.";
    DebugPermissions: Get "/api/debug-breakout/{session}/debug-permissions", "What the caller may do in the session, and why not.";
    TestRoomCreation: Post "/api/debug-breakout/{session}/test-breakout-creation", "What creating a room would do; changes nothing.";
    ListTemplates: Get "/api/templates", "One's own templates, newest first.";
    SaveTemplate: Post "/api/templates", "Save the rooms of a session as a template.";
    DeleteTemplate: Delete "/api/templates/{template}", "Delete a template of one's own.";
    Health: Get "/api/health", "Whether the service and what it stands on work.";
    Metrics: Get "/api/metrics", "Figures of this isolate as Prometheus text.";
    OpenApi: Get "/api/openapi.json", "This interface as an OpenAPI 3.1 document.";
    DevelopmentToken: Post "/api/dev/token", "A token for development; absent elsewhere.";
}
