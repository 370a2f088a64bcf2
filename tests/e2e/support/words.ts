// A refusal is read by people who do not know what the service is made of.

import assert from "node:assert/strict";

/** Words of the code, and no words at all. */
const ours = /\b(struct|enum|variant|[ui](8|16|32|64)|usize|serde)\b|::|^$/;

/** Checks messages, by what they are about. */
export function assertForPeople(said: Map<string, string>): void {
  assert.deepEqual(
    [...said].filter(([, message]) => ours.test(message)),
    [],
  );
}
