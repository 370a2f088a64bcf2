import type { Message, MessageId } from "@flagship/core";
import { createContext, use } from "react";

/** What can be done about messages in the conversation that is shown. */
export interface ChatActions {
  /** Whether one may speak there now. */
  maySpeak: boolean;
  /** Whether one may take back what others said. */
  keepsOrder: boolean;
  answer(message: Message): void;
  edit(message: Message): void;
}

/** `null` where one only reads. */
export const ChatContext = createContext<ChatActions | null>(null);

export const useChatActions = (): ChatActions | null => use(ChatContext);

/** The list that a message stands in. */
export interface MessageFinder {
  /** A message that is held. */
  find(id: MessageId): Message | undefined;
  /** Brings a message into sight, and the focus to it. */
  jumpTo(id: MessageId): void;
}

export const FinderContext = createContext<MessageFinder>({ find: () => undefined, jumpTo() {} });

export const useMessageFinder = (): MessageFinder => use(FinderContext);
