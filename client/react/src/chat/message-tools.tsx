import type { Message } from "@flagship/core";
import * as Menu from "@radix-ui/react-dropdown-menu";
import { useState } from "react";
import { useT } from "../i18n/messages.ts";
import { useSession } from "../session/context.tsx";
import { Dialog } from "../shared/dialog.tsx";
import { portalContainer } from "../shared/portal-container.ts";
import { useAction } from "../shared/use-action.ts";
import { useCopy } from "../shared/use-copy.ts";
import type { ChatActions } from "./chat-context.ts";
import { EmojiButton } from "./emoji-button.tsx";

interface MessageToolsProps {
  message: Message;
  isOwn: boolean;
  actions: ChatActions;
  /** In the tab order only at the message that the keys are at: else each message would cost four steps. */
  isReachable: boolean;
}

/** What can be done about a message: shown when the pointer or the focus is at it. */
export function MessageTools({ message, isOwn, actions, isReachable }: MessageToolsProps) {
  const t = useT();
  const { commands } = useSession();
  const { isBusy, run } = useAction();
  const [isAsking, setIsAsking] = useState(false);
  const tabIndex = isReachable ? 0 : -1;
  const mayDelete = isOwn || actions.keepsOrder;
  const name = message.senderAlias;

  const copyText = useCopy();
  const copy = () => copyText(message.content);

  return (
    <div className="flagship-message-tools">
      {actions.maySpeak && (
        <>
          <EmojiButton
            tabIndex={tabIndex}
            onChoose={(emoji) => void run(() => commands.reactToMessage(message.id, emoji, true))}
          />
          <button
            type="button"
            tabIndex={tabIndex}
            aria-label={t("chat.replyTo", { name })}
            title={t("chat.reply")}
            onClick={() => actions.answer(message)}
          >
            <span aria-hidden="true">↩</span>
          </button>
        </>
      )}
      {/* Not modal: it neither locks the page's scrolling nor needs a style of its own in the page. */}
      <Menu.Root modal={false}>
        <Menu.Trigger asChild>
          <button type="button" tabIndex={tabIndex} aria-label={t("chat.more", { name })}>
            <span aria-hidden="true">⋯</span>
          </button>
        </Menu.Trigger>
        <Menu.Portal container={portalContainer()}>
          <Menu.Content className="flagship-menu" align="end" sideOffset={4} collisionPadding={8}>
            {actions.maySpeak && (
              <Menu.Item onSelect={() => actions.answer(message)}>{t("chat.reply")}</Menu.Item>
            )}
            <Menu.Item onSelect={() => void copy()}>{t("chat.copy")}</Menu.Item>
            {isOwn && actions.maySpeak && (
              <Menu.Item onSelect={() => actions.edit(message)}>{t("chat.edit")}</Menu.Item>
            )}
            {mayDelete && (
              <Menu.Item className="flagship-danger" onSelect={() => setIsAsking(true)}>
                {t("chat.delete")}
              </Menu.Item>
            )}
          </Menu.Content>
        </Menu.Portal>
      </Menu.Root>
      {isAsking && (
        <Dialog
          title={t("chat.deleteTitle")}
          description={t("chat.deleteHint")}
          closeName={t("chat.cancel")}
          onClose={() => setIsAsking(false)}
        >
          <blockquote className="flagship-quoted" dir="auto">
            {message.content}
          </blockquote>
          <div className="flagship-dialog-actions">
            <button
              type="button"
              className="flagship-danger"
              disabled={isBusy}
              onClick={async () => {
                if (await run(() => commands.deleteMessage(message.id))) setIsAsking(false);
              }}
            >
              {t("chat.delete")}
            </button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
