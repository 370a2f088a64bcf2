//! Bodies and routes of the HTTP interface.

mod activity;
mod bodies;
mod debrief;
mod lists;
mod proposal;
mod routes;
mod templates;

pub use activity::{ActivityBody, RoomActivity};
pub use bodies::{
    CommandBody, CreateSession, DebugPermissions, DependencyHealth, DevelopmentToken, DevelopmentTokenRequest,
    DirectMessagesPage, DryRun, EventsPage, Health, HealthStatus, MessageBody, MessagesPage, PermissionEntry, RoomBody,
    RoomListing, RoomsBody, SearchPage, SessionBody, SettingsHealth, TestRoomCreation, Ticket, UpdateRoomBody,
};
pub use debrief::{
    Debrief, DebriefHelp, DebriefParticipant, DebriefRoom, DebriefRound, DebriefRoundRoom, DebriefVisit,
};
pub use lists::{AssignedPerson, AssignmentImport, AssignmentList, ImportProblem};
pub use proposal::{AssignmentProposal, AssignmentStrategy, MatchBy, MatchedBy, ProposalRequest};
pub use routes::{Method, ROUTES, Route, RouteName};
pub use templates::{ApplyTemplate, CreatedRooms, SaveTemplate, Template, TemplateBody, TemplatesBody};

/// Header that carries the idempotency key of a POST, PATCH or DELETE.
pub const IDEMPOTENCY_KEY_HEADER: &str = "Idempotency-Key";

/// Header that marks an answer as the repetition of an earlier one.
pub const IDEMPOTENCY_REPLAYED_HEADER: &str = "Idempotency-Replayed";

/// Header that finds a request in the logs; accepted from the client, always in the answer.
pub const REQUEST_ID_HEADER: &str = "X-Request-Id";
