// What the manager is made of, for pages that arrange it in a way of their own.

export { useHelpQueue } from "./help/use-help.ts";
export { SessionWorkspace } from "./manager/session-workspace.tsx";
export { ConnectionBadge } from "./session/connection-badge.tsx";
export { SessionProvider, useSession, useSessionState } from "./session/context.tsx";
export { Stopped } from "./session/stopped.tsx";
export { Checkbox } from "./shared/checkbox.tsx";
export { Field } from "./shared/field.tsx";
export { NoticesProvider, useNotify } from "./shared/notices.tsx";
export { sentence } from "./shared/sentence.ts";
export { useAction } from "./shared/use-action.ts";
