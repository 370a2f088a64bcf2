export { SessionProvider, useSession, useSessionState } from "./session/context.tsx";
