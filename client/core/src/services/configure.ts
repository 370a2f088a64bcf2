import {
  createFlagshipClient,
  type FlagshipClient,
  type FlagshipClientOptions,
} from "../client.ts";
import { offerClient } from "./configuration.ts";
import { installDebugCommands, isDevelopment } from "./debug.ts";

let undo: (() => void) | undefined;

/**
 * Says once where the service is and who speaks, for all services of this package. Called again, it replaces what was
 * said before and closes those connections. On a page that comes from the same machine it also puts
 * `debugBreakoutPermissions('id')` and `testBreakoutPermissions('id')` into the console.
 */
export function configureFlagship(options: FlagshipClientOptions): FlagshipClient {
  undo?.();
  const client = createFlagshipClient(options);
  const takeBack = offerClient(client);
  undo = () => {
    takeBack();
    client.stop();
  };
  if (isDevelopment()) installDebugCommands();
  return client;
}
