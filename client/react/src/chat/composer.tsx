import { isMutedIn, LIMITS, type Message, selectSelf } from "@flagship/core";
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef } from "react";
import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
import { useSession, useSessionState } from "../session/context.tsx";
import { timeInWords } from "../shared/duration.ts";
import { isBlank } from "../shared/is-blank.ts";
import { type ConversationId, partnerOf } from "./conversations.ts";
import { MentionList } from "./mention-list.tsx";
import { excerpt } from "./quote.tsx";
import type { Draft } from "./use-drafts.ts";
import { useMentions } from "./use-mentions.ts";
import { useSend } from "./use-send.ts";
import { useSlowMode } from "./use-slow-mode.ts";

/** From here on the characters that are left are shown. */
const SHOW_LEFT = 200;

interface ComposerProps {
  id: ConversationId;
  /** What the conversation is called. */
  name: string;
  /** What is written so far, and about which message. */
  draft: Draft;
  onDraft: (draft: Draft) => void;
  /** One's own last message, for the key that edits it. */
  ownLast: Message | undefined;
}

/** Where one writes. Enter sends, Shift and Enter break the line, up in an empty field edits what one said last. */
export function Composer({ id, name, draft, onDraft, ownLast }: ComposerProps) {
  const t = useT();
  const formats = useFormats();
  const fieldId = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const session = useSession();
  const partner = partnerOf(id);
  const { text, about } = draft;
  // The limit counts characters as people do, not the UTF-16 units of `length`.
  const left = LIMITS.messageChars - [...text].length;
  const isMuted = useSessionState((state) => {
    const self = selectSelf(state);
    return self !== undefined && partner === undefined && isMutedIn(self, id);
  });
  const { pauseMs, wait } = useSlowMode(id);
  const isEditing = about?.kind === "edit";
  const hasHint = isMuted || pauseMs > 0;
  const mayNow = !isMuted && (wait === 0 || isEditing);
  const canSend = !isBlank(text) && left >= 0 && mayNow;
  const send = useSend(id, draft, onDraft);
  const mentions = useMentions({
    id,
    field,
    text,
    onText: (next) => onDraft({ ...draft, text: next }),
  });
  const label = partner ? t("chat.directTo", { name }) : t("chat.messageTo", { room: name });

  // Whoever chose to answer or to edit goes on by writing.
  const subject = about && `${about.kind} ${about.message.id}`;
  useEffect(() => {
    if (subject) field.current?.focus();
  }, [subject]);

  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, Enter takes its suggestion.
    if (event.nativeEvent.isComposing || mentions.takes(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (canSend) send();
    } else if (event.key === "Escape" && about) {
      event.preventDefault();
      onDraft({ text: isEditing ? "" : text });
    } else if (event.key === "ArrowUp" && text === "" && ownLast) {
      event.preventDefault();
      onDraft({ text: ownLast.content, about: { kind: "edit", message: ownLast } });
    }
  };

  return (
    <form
      className="flagship-composer"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (canSend) send();
      }}
    >
      {about && (
        <p className="flagship-composer-about" id={`${fieldId}-about`}>
          <span dir="auto">
            {isEditing
              ? t("chat.editing")
              : t("chat.answering", {
                  name: about.message.senderAlias,
                  text: excerpt(about.message.content),
                })}
          </span>
          <button type="button" onClick={() => onDraft({ text: isEditing ? "" : text })}>
            {t("chat.cancel")}
          </button>
        </p>
      )}
      <label htmlFor={fieldId} className="flagship-visually-hidden">
        {label}
      </label>
      <MentionList mentions={mentions} />
      <textarea
        ref={field}
        id={fieldId}
        rows={2}
        value={text}
        dir="auto"
        placeholder={isMuted ? t("chat.mutedPlaceholder") : label}
        aria-describedby={
          [about && `${fieldId}-about`, hasHint && `${fieldId}-hint`].filter(Boolean).join(" ") ||
          undefined
        }
        {...mentions.field}
        onChange={(event) => {
          onDraft({ ...draft, text: event.target.value });
          mentions.moved();
          if (partner === undefined) session.typing(id);
          else session.typingDirectly(partner);
        }}
        onSelect={mentions.moved}
        onKeyDown={onKeyDown}
      />
      <button type="submit" className="flagship-primary" disabled={!canSend}>
        {!mayNow && wait > 0
          ? t("chat.sendIn", { time: formats.clock(wait) })
          : t(isEditing ? "chat.save" : "chat.send")}
      </button>
      {hasHint && (
        <p id={`${fieldId}-hint`} className="flagship-left">
          {isMuted ? t("chat.muted") : t("chat.slow", { time: timeInWords(t, pauseMs) })}
        </p>
      )}
      {partner && <p className="flagship-left">{t("chat.directHint", { name })}</p>}
      {left < SHOW_LEFT && (
        <p className="flagship-left" role="status" data-over={left < 0}>
          {left >= 0 ? t("chat.left", { count: left }) : t("chat.over", { count: -left })}
        </p>
      )}
    </form>
  );
}
