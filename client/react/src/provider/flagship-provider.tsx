import { createFlagshipClient, type FlagshipClient, type GetToken } from "@flagship/core";
import { installDebugCommands, isDevelopment, offerClient } from "@flagship/core/services";
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useInsertionEffect,
  useMemo,
  useRef,
} from "react";

const ClientContext = createContext<FlagshipClient | null>(null);

/** Where the service is, and who speaks. */
export interface FlagshipProviderProps {
  /** Where the service is: `https://example.com`. Another one closes all connections to the first. */
  url: string;
  /**
   * Gives a token for the person at this page. It may be another function at every rendering; when another *person*
   * signs in, give the provider another `key`.
   */
  getToken: GetToken;
  children?: ReactNode;
}

/**
 * Makes a service known to everything inside of it, and to `flagshipBreakoutService` and `flagshipMessageService`.
 * Nothing is sent before something inside asks for a session.
 */
export function FlagshipProvider({ url, getToken, children }: FlagshipProviderProps) {
  const newest = useRef(getToken);
  const client = useMemo(
    () => createFlagshipClient({ url, getToken: (request) => newest.current(request) }),
    [url],
  );
  // Before the effects of what is inside, which may use the services.
  useInsertionEffect(() => {
    newest.current = getToken;
  });
  useInsertionEffect(() => offerClient(client), [client]);
  useEffect(() => {
    if (isDevelopment()) installDebugCommands();
  }, []);
  return <ClientContext value={client}>{children}</ClientContext>;
}

/** The client of the provider around. */
export function useFlagshipClient(): FlagshipClient {
  const client = useContext(ClientContext);
  if (client) return client;
  throw new Error(
    "Flagship's components and hooks need a <FlagshipProvider url getToken> around them",
  );
}
