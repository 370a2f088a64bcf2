import { selectSelf } from "@flagship/core";
import { useMemo } from "react";
import { useT } from "../i18n/messages.ts";
import { Choice } from "../people/choice.tsx";
import { useSession, useSessionState } from "../session/context.tsx";
import { Disclosure } from "../shared/disclosure.tsx";
import { keepsOrder } from "../shared/names.ts";
import { useAction } from "../shared/use-action.ts";
import type { FlagshipUser } from "./flagship-breakout-room-manager.tsx";

/** No room has this id. */
const NONE = "";

/** Who should come and has not, for those who can give them a room before they do. */
export function ExpectedPeople({ people }: { people: readonly FlagshipUser[] }) {
  const t = useT();
  const { commands } = useSession();
  const { run } = useAction();
  const isKeeper = useSessionState((state) => keepsOrder(selectSelf(state)));
  const isLive = useSessionState((state) => state.session?.state === "live");
  // In an anonymous session nobody can be told by the id of their token.
  const isAnonymous = useSessionState((state) => state.session?.anonymous ?? false);
  const participants = useSessionState((state) => state.participants);
  const rooms = useSessionState((state) => state.rooms);
  const guests = useSessionState((state) => state.moderation?.guests);
  const missing = useMemo(
    () => people.filter(({ id }) => participants[id] === undefined),
    [people, participants],
  );
  if (!isKeeper || !isLive || isAnonymous || missing.length === 0) return null;

  const options = [
    [NONE, t("form.none")],
    ...rooms.map(({ id, name }) => [id, name] as const),
  ] as const;
  return (
    <aside className="flagship-banner flagship-expected" aria-label={t("expected.label")}>
      <Disclosure name={t("expected.title", { count: missing.length })}>
        <ul className="flagship-rows">
          {missing.map(({ id, name = id }) => {
            const key = id.trim().toLowerCase();
            const roomId = guests?.find((guest) => guest.key === key)?.roomId;
            return (
              <li key={id}>
                <span>{name}</span>
                <Choice
                  label={t("expected.room", { name })}
                  value={roomId ?? NONE}
                  options={options}
                  onChoose={(chosen) =>
                    void run(() =>
                      commands.assignGuests([{ key, roomId: chosen === NONE ? null : chosen }]),
                    )
                  }
                />
              </li>
            );
          })}
        </ul>
      </Disclosure>
    </aside>
  );
}
