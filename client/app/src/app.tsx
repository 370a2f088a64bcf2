import { LocaleProvider, NoticesProvider } from "@flagship/react/parts";
import { catalogs } from "./i18n/messages.ts";
import { UpdateBanner } from "./offline/update-banner.tsx";
import { SessionGate } from "./session/session-gate.tsx";
import { callForAttention } from "./settings/attention.ts";
import { chosenLanguage, preferences, usePreferences } from "./settings/preferences.ts";
import { useDocument } from "./settings/use-document.ts";
import { useRoute } from "./shared/router.ts";
import { StartPage } from "./start/start-page.tsx";

/** The whole app, in the language that is chosen. */
export function App() {
  const chosen = usePreferences();
  return (
    <LocaleProvider language={chosenLanguage(chosen)} catalogs={catalogs}>
      <Pages />
    </LocaleProvider>
  );
}

/** Every page there is: `/` and `/s/<sessionId>`. */
function Pages() {
  const route = useRoute();
  useDocument(usePreferences().theme);
  return (
    <NoticesProvider onNotice={(text) => callForAttention(text, preferences())}>
      <UpdateBanner />
      {route.page === "session" ? (
        <SessionGate key={route.sessionId} sessionId={route.sessionId} />
      ) : (
        <StartPage />
      )}
    </NoticesProvider>
  );
}
