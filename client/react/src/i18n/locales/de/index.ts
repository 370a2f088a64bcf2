import type { Translation } from "../../catalog.ts";
import type { en } from "../en/index.ts";
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

/** Everything that the components say. */
export const de: Translation<typeof en> = {
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
};
