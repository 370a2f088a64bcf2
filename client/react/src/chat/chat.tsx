import { isMutedIn, MAIN_ROOM, type Message, selectSelf } from "@flagship/core";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useT } from "../i18n/messages.ts";
import { SearchButton } from "../search/search-button.tsx";
import type { Found } from "../search/use-search.ts";
import { useSession, useSessionState } from "../session/context.tsx";
import { Visitors } from "../session/visitors.tsx";
import { aliasOf, keepsOrder, keepsOrderIn, roomName } from "../shared/names.ts";
import { type ChatActions, ChatContext } from "./chat-context.ts";
import { Composer } from "./composer.tsx";
import { type ConversationId, partnerOf, useSaid } from "./conversations.ts";
import { MessageList } from "./message-list.tsx";
import { RoomTabs } from "./room-tabs.tsx";
import { TypingLine } from "./typing-line.tsx";
import { useDirectNotices } from "./use-direct-notices.ts";
import { useDrafts } from "./use-drafts.ts";
import { useReadMarks } from "./use-read-marks.ts";
import { useTabs } from "./use-tabs.ts";

/** The talk of the room that one is in, of main beside it, and with single people. */
export function Chat() {
  const t = useT();
  const session = useSession();
  const rooms = useSessionState((state) => state.rooms);
  const participants = useSessionState((state) => state.participants);
  const self = useSessionState(selectSelf);
  const isLive = useSessionState((state) => state.session?.state === "live");
  const { ids, shown, show } = useTabs();
  useDirectNotices(shown);
  const [draftOf, keepDraft] = useDrafts();
  const marks = useReadMarks();
  const { see } = marks;
  const { items } = useSaid(shown);
  const [goal, setGoal] = useState<Found>();
  const goTo = useCallback(
    (found: Found) => {
      setGoal(found);
      show(found.conversation);
    },
    [show],
  );
  // The list has set off by now; coming back to the conversation later is no reason to go there again.
  useEffect(() => {
    if (goal?.conversation === shown) setGoal(undefined);
  }, [goal, shown]);
  const nameOf = (id: ConversationId) => {
    const partner = partnerOf(id);
    return partner === undefined ? roomName(t, rooms, id) : aliasOf(t, participants, partner);
  };
  const partner = partnerOf(shown);
  const room = rooms.find(({ id }) => id === shown);
  // To somebody who has left nothing can be said.
  const mayWrite =
    isLive && self !== undefined && (partner === undefined || participants[partner] !== undefined);
  const ownLast = items.findLast(
    ({ senderId, deletedAt }) => senderId === self?.id && deletedAt === undefined,
  );

  const onSee = useCallback(
    (seq: number) => {
      see(shown, seq);
      const partner = partnerOf(shown);
      if (partner === undefined) session.markRead(shown, seq);
      else session.markDirectRead(partner, items.findLast((message) => message.seq <= seq)?.id);
    },
    [see, shown, session, items],
  );
  const maySpeak = mayWrite && (partner !== undefined || !isMutedIn(self, shown));
  const mayDelete =
    partner === undefined &&
    (shown === MAIN_ROOM || !room ? keepsOrder(self) : keepsOrderIn(self, room));
  const actions = useMemo<ChatActions>(
    () => ({
      maySpeak,
      keepsOrder: mayDelete,
      answer: (message: Message) => {
        // What was begun goes on as the answer; what stood there to be edited does not.
        keepDraft(shown, ({ text, about }) => ({
          text: about?.kind === "edit" ? "" : text,
          about: { kind: "answer", message },
        }));
      },
      edit: (message: Message) => {
        keepDraft(shown, () => ({ text: message.content, about: { kind: "edit", message } }));
      },
    }),
    [maySpeak, mayDelete, shown, keepDraft],
  );

  return (
    <section className="flagship-pane flagship-chat" aria-label={t("chat.title")}>
      <RoomTabs
        tabs={ids.map((id) => ({
          id,
          name:
            partnerOf(id) === undefined ? nameOf(id) : t("chat.directWith", { name: nameOf(id) }),
          unread: id === shown ? 0 : marks.unread(id),
        }))}
        shown={shown}
        onShow={show}
      >
        <SearchButton shown={shown} conversations={ids} onGo={goTo} />
      </RoomTabs>
      <Visitors />
      <ChatContext value={actions}>
        <MessageList
          key={shown}
          roomId={shown}
          roomName={nameOf(shown)}
          seenUpTo={marks.seenUpTo(shown) ?? null}
          onSee={onSee}
          jumpedTo={goal?.conversation === shown ? goal : undefined}
        />
      </ChatContext>
      <TypingLine roomId={shown} />
      {mayWrite && (
        <Composer
          key={`composer ${shown}`}
          id={shown}
          name={nameOf(shown)}
          draft={draftOf(shown)}
          onDraft={(draft) => keepDraft(shown, () => draft)}
          ownLast={ownLast}
        />
      )}
    </section>
  );
}
