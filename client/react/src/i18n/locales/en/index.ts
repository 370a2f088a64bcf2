import { chat } from "./chat.ts";
import { debrief } from "./debrief.ts";
import { errors } from "./errors.ts";
import { groups } from "./groups.ts";
import { people } from "./people.ts";
import { placement } from "./placement.ts";
import { rooms } from "./rooms.ts";
import { search } from "./search.ts";
import { session } from "./session.ts";
import { shared } from "./shared.ts";
import { status } from "./status.ts";

/** Everything that the components say, in English: what the other languages are translations of. */
export const en = {
  ...shared,
  ...session,
  ...rooms,
  ...people,
  ...groups,
  ...debrief,
  ...chat,
  ...placement,
  ...search,
  ...status,
  ...errors,
} as const;
