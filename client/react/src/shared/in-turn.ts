/** The version that the last change of each thing led to, by whose changes they are. */
const turns = new WeakMap<object, Map<string, Promise<number>>>();

/**
 * Makes changes of one thing one after the other, each from the version that is seen or that the change before it led
 * to: what one does quickly oneself must not look like the doing of another.
 *
 * @param owner whose changes they are
 * @param key which thing
 * @param seen the version of it that is seen
 */
export function changeInTurn<T extends { version: number }>(
  owner: object,
  key: string,
  seen: number,
  change: (version: number) => Promise<T>,
): Promise<T> {
  const own = turns.get(owner) ?? new Map<string, Promise<number>>();
  turns.set(owner, own);
  const before = own.get(key) ?? Promise.resolve(0);
  const done = before.then((version) => change(Math.max(version, seen)));
  own.set(
    key,
    done.then(
      ({ version }) => version,
      () => 0,
    ),
  );
  return done;
}
