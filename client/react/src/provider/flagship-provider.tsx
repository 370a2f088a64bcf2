import {
  createFlagshipClient,
  type Environment,
  type FlagshipClient,
  type GetToken,
} from "@flagship/core";
import { installDebugCommands, isDevelopment, offerClient } from "@flagship/core/services";
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useInsertionEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { Language } from "../i18n/languages.ts";
import { LocaleProvider } from "../i18n/locale-provider.tsx";

/** For what shows the components without a service. */
export const ClientContext = createContext<FlagshipClient | null>(null);

/** Where the service is, and who speaks. */
export interface FlagshipProviderProps {
  /** Where the service is: `https://example.com`. Another one closes all connections to the first. */
  url: string;
  /**
   * Gives a token for the person at this page. It may be another function at every rendering; when another *person*
   * signs in, give the provider another `key`.
   */
  getToken: GetToken;
  /** The language of the components: `en`, `de` or `ar`. English if absent. */
  language?: Language;
  /** What to take instead of what the browser offers, as at the first rendering: for tests. */
  environment?: Partial<Environment>;
  children?: ReactNode;
}

/**
 * Makes a service known to everything inside of it, and to `flagshipBreakoutService` and `flagshipMessageService`.
 * Nothing is sent before something inside asks for a session.
 */
export function FlagshipProvider({
  url,
  getToken,
  language,
  environment,
  children,
}: FlagshipProviderProps) {
  const newest = useRef(getToken);
  const [world] = useState(environment);
  const client = useMemo(() => {
    const options = { url, getToken: (request: { fresh: boolean }) => newest.current(request) };
    return createFlagshipClient(world ? { ...options, environment: world } : options);
  }, [url, world]);
  // Before the effects of what is inside, which may use the services.
  useInsertionEffect(() => {
    newest.current = getToken;
  });
  useInsertionEffect(() => offerClient(client), [client]);
  useEffect(() => {
    if (isDevelopment()) installDebugCommands();
  }, []);
  const inside = language ? (
    <LocaleProvider language={language} meanwhile="english">
      {children}
    </LocaleProvider>
  ) : (
    children
  );
  return <ClientContext value={client}>{inside}</ClientContext>;
}

/** The client of the provider around. */
export function useFlagshipClient(): FlagshipClient {
  const client = useContext(ClientContext);
  if (client) return client;
  throw new Error(
    "Flagship's components and hooks need a <FlagshipProvider url getToken> around them",
  );
}
