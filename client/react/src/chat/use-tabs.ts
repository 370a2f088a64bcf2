import { MAIN_ROOM, selectSelf } from "@flagship/core";
import { useMemo } from "react";
import { useSessionState } from "../session/context.tsx";
import { type ConversationId, directPartners, directWith, partnerOf } from "./conversations.ts";
import { useShownChat } from "./shown-chat.ts";

const NONE: readonly never[] = [];

/**
 * The conversations that one has, and the one that is shown. Whoever moves sees the room that they come into; a
 * choice holds for as long as they stay.
 */
export function useTabs(): {
  ids: readonly ConversationId[];
  shown: ConversationId;
  show: (id: ConversationId) => void;
} {
  const here = useSessionState((state) => selectSelf(state)?.roomId ?? MAIN_ROOM);
  const direct = useSessionState((state) => state.own.directMessages ?? NONE);
  const selfId = useSessionState((state) => state.selfId);
  const [choice, choose] = useShownChat();
  const chosen = choice?.here === here ? choice.id : undefined;
  const partners = useMemo(() => directPartners(direct, selfId), [direct, selfId]);

  const ids = [...new Set([here, MAIN_ROOM, ...partners.map(directWith)])];
  // With whom one has not spoken yet.
  if (chosen !== undefined && partnerOf(chosen) !== undefined && !ids.includes(chosen)) {
    ids.push(chosen);
  }
  const shown = chosen !== undefined && ids.includes(chosen) ? chosen : here;
  return { ids, shown, show: choose };
}
