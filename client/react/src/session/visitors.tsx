import { MAIN_ROOM, selectSelf } from "@flagship/core";
import { useMemo } from "react";
import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
import { keepsOrder } from "../shared/names.ts";
import { useSessionState } from "./context.tsx";

/** Which hosts and moderators are in one's own breakout room: nobody listens unseen. */
export function Visitors() {
  const t = useT();
  const formats = useFormats();
  const here = useSessionState((state) => selectSelf(state)?.roomId ?? MAIN_ROOM);
  const participants = useSessionState((state) => state.participants);
  const selfId = useSessionState((state) => state.selfId);
  const visitors = useMemo(
    () =>
      Object.values(participants).filter(
        (person) => person.roomId === here && person.id !== selfId && keepsOrder(person),
      ),
    [participants, here, selfId],
  );
  if (here === MAIN_ROOM || visitors.length === 0) return null;
  const names = visitors.map(({ alias, role }) =>
    t("visitors.name", { name: alias, role: t(`role.inSentence.${role}`) }),
  );
  return (
    <p className="flagship-visitors">
      {t("visitors.are", { count: names.length, names: formats.list(names) })}
    </p>
  );
}
