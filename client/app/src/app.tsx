import { NoticesProvider } from "@flagship/react/parts";
import { SessionGate } from "./session/session-gate.tsx";
import { useRoute } from "./shared/router.ts";
import { StartPage } from "./start/start-page.tsx";

/** Every page there is: `/` and `/s/<sessionId>`. */
export function App() {
  const route = useRoute();
  return (
    <NoticesProvider>
      {route.page === "session" ? (
        <SessionGate key={route.sessionId} sessionId={route.sessionId} />
      ) : (
        <StartPage />
      )}
    </NoticesProvider>
  );
}
