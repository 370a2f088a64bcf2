import { lazily } from "../shared/lazily.tsx";

/** The status, which few look at, and they seldom. */
export const LazyStatusPanel = lazily(async () => (await import("./status-panel.tsx")).StatusPanel);
