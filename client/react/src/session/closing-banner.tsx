import { selectSelf } from "@flagship/core";
import { useT } from "../i18n/messages.ts";
import { Countdown } from "../rooms/countdown.tsx";
import { useSessionState } from "./context.tsx";

/** While one's own room closes: how long one has to finish. Not a live region: it is announced once, elsewhere. */
export function ClosingBanner() {
  const t = useT();
  const room = useSessionState((state) => {
    const here = selectSelf(state)?.roomId;
    return state.rooms.find(({ id, state }) => id === here && state === "closing");
  });
  if (!room || room.closesAt === null) return null;
  const { closesAt } = room;
  return (
    <aside className="flagship-banner flagship-closing" aria-label={t("closing.label")}>
      <p>{t.rich("closing.in", { room: room.name, time: () => <Countdown until={closesAt} /> })}</p>
      <p className="flagship-hint">{t("closing.then")}</p>
    </aside>
  );
}
