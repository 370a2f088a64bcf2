import { lazily } from "../shared/lazily.tsx";

/** Most of the code, and none of it is needed before the session was entered. */
export const LazyWorkspace = lazily(async () => (await import("./workspace.tsx")).Workspace);
