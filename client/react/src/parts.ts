// What the manager is made of, for pages that arrange it in a way of their own.

export { Invitation } from "./admission/invitation.tsx";
export { Chat } from "./chat/chat.tsx";
export { AlertsBanner } from "./help/alerts-banner.tsx";
export { useHelpQueue } from "./help/use-help.ts";
export { Roster } from "./people/roster.tsx";
export { RoomsPanel } from "./rooms/rooms-panel.tsx";
export { ClosingBanner } from "./session/closing-banner.tsx";
export { ConnectionBadge } from "./session/connection-badge.tsx";
export { SessionProvider, useSession, useSessionState } from "./session/context.tsx";
export { PANES, type Pane, PaneSwitch } from "./session/pane-switch.tsx";
export { StandingNotices } from "./session/standing-notices.tsx";
export { useAnnouncements } from "./session/use-announcements.ts";
export { Checkbox } from "./shared/checkbox.tsx";
export { Field } from "./shared/field.tsx";
export { NoticesProvider, useNotify } from "./shared/notices.tsx";
export { sentence } from "./shared/sentence.ts";
export { useAction } from "./shared/use-action.ts";
