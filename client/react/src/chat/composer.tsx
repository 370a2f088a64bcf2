import { LIMITS, selectSelf } from "@flagship/core";
import { type FormEvent, type KeyboardEvent, useId } from "react";
import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
import { useSession, useSessionState } from "../session/context.tsx";
import { timeInWords } from "../shared/duration.ts";
import { useSlowMode } from "./use-slow-mode.ts";

/** From here on the characters that are left are shown. */
const SHOW_LEFT = 200;

interface ComposerProps {
  roomId: string;
  roomName: string;
  /** What is written so far. */
  draft: string;
  onDraft: (text: string) => void;
}

/** Where one writes. Enter sends, Shift and Enter break the line. */
export function Composer({ roomId, roomName, draft, onDraft }: ComposerProps) {
  const t = useT();
  const formats = useFormats();
  const id = useId();
  const session = useSession();
  // The limit counts characters as people do, not the UTF-16 units of `length`.
  const left = LIMITS.messageChars - [...draft].length;
  const isMuted = useSessionState((state) => selectSelf(state)?.muted ?? false);
  const { pauseMs, wait } = useSlowMode(roomId);
  const hasHint = isMuted || pauseMs > 0;
  const canSend = draft.trim() !== "" && left >= 0 && !isMuted && wait === 0;

  const send = () => {
    if (!canSend) return;
    // A refusal shows on the message itself, with a way to send it again.
    session.commands.sendMessage(roomId, draft).catch(() => {});
    onDraft("");
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, Enter takes its suggestion.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <form
      className="composer"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        send();
      }}
    >
      <label htmlFor={id} className="visually-hidden">
        {t("chat.messageTo", { room: roomName })}
      </label>
      <textarea
        id={id}
        rows={2}
        value={draft}
        placeholder={isMuted ? t("chat.mutedPlaceholder") : t("chat.messageTo", { room: roomName })}
        aria-describedby={hasHint ? `${id}-hint` : undefined}
        onChange={(event) => {
          onDraft(event.target.value);
          session.typing(roomId);
        }}
        onKeyDown={onKeyDown}
      />
      <button type="submit" className="primary" disabled={!canSend}>
        {wait > 0 ? t("chat.sendIn", { time: formats.clock(wait) }) : t("chat.send")}
      </button>
      {hasHint && (
        <p id={`${id}-hint`} className="left">
          {isMuted ? t("chat.muted") : t("chat.slow", { time: timeInWords(t, pauseMs) })}
        </p>
      )}
      {left < SHOW_LEFT && (
        <p className="left" role="status" data-over={left < 0}>
          {left >= 0 ? t("chat.left", { count: left }) : t("chat.over", { count: -left })}
        </p>
      )}
    </form>
  );
}
