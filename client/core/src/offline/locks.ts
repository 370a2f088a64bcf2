import type { Locks } from "../environment.ts";

/** The locks of the browser; undefined where it has none, as on pages that came over plain HTTP. */
export function browserLocks(): Locks | undefined {
  const locks = globalThis.navigator?.locks;
  if (!locks) return undefined;
  return {
    take: (name) =>
      new Promise((resolve, reject) => {
        locks
          .request(name, { ifAvailable: true }, (lock) => {
            if (!lock) return resolve(undefined);
            return new Promise<void>((release) => resolve(release));
          })
          .catch(reject);
      }),
  };
}
