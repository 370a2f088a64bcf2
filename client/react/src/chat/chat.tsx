import { MAIN_ROOM, selectSelf } from "@flagship/core";
import { useCallback, useState } from "react";
import { useT } from "../i18n/messages.ts";
import { useSessionState } from "../session/context.tsx";
import { Visitors } from "../session/visitors.tsx";
import { roomName } from "../shared/names.ts";
import { Composer } from "./composer.tsx";
import { MessageList } from "./message-list.tsx";
import { RoomTabs } from "./room-tabs.tsx";
import { TypingLine } from "./typing-line.tsx";
import { useReadMarks } from "./use-read-marks.ts";

/** The talk of the room that one is in, and of main beside it. */
export function Chat() {
  const t = useT();
  const here = useSessionState((state) => selectSelf(state)?.roomId ?? MAIN_ROOM);
  const rooms = useSessionState((state) => state.rooms);
  const maySpeak = useSessionState(
    (state) => state.session?.state === "live" && selectSelf(state) !== undefined,
  );
  // Whoever moves sees the room that they come into; a choice holds as long as they stay.
  const [choice, setChoice] = useState({ here, shown: here });
  const shown = choice.here === here ? choice.shown : here;
  const [drafts, setDrafts] = useState<Readonly<Record<string, string>>>({});
  const marks = useReadMarks();
  const { see } = marks;
  const onSee = useCallback((seq: number) => see(shown, seq), [see, shown]);
  const open = here === MAIN_ROOM ? [MAIN_ROOM] : [here, MAIN_ROOM];
  const name = roomName(t, rooms, shown);

  return (
    <section className="pane chat" aria-label={t("chat.title")}>
      <RoomTabs
        tabs={open.map((id) => ({
          id,
          name: roomName(t, rooms, id),
          unread: id === shown ? 0 : marks.unread(id),
        }))}
        shown={shown}
        onShow={(id) => setChoice({ here, shown: id })}
      />
      <Visitors />
      <MessageList
        key={shown}
        roomId={shown}
        roomName={name}
        seenUpTo={marks.seenUpTo(shown) ?? null}
        onSee={onSee}
      />
      <TypingLine roomId={shown} />
      {maySpeak && (
        <Composer
          roomId={shown}
          roomName={name}
          draft={drafts[shown] ?? ""}
          onDraft={(text) => setDrafts((held) => ({ ...held, [shown]: text }))}
        />
      )}
    </section>
  );
}
