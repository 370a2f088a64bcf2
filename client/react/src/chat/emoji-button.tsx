import * as Popover from "@radix-ui/react-popover";
import { type FormEvent, useState } from "react";
import { useT } from "../i18n/messages.ts";
import { portalContainer } from "../shared/portal-container.ts";

/** What is put to messages most. Any other comes from the keyboard of the device, which knows all of them. */
const USUAL = ["👍", "❤️", "😂", "🎉", "😮", "😢", "🙏", "👀"] as const;

interface EmojiButtonProps {
  tabIndex: number;
  onChoose: (emoji: string) => void;
}

/** Chooses an emoji: one of a few, or any. */
export function EmojiButton({ tabIndex, onChoose }: EmojiButtonProps) {
  const t = useT();
  const [isOpen, setIsOpen] = useState(false);
  const [other, setOther] = useState("");
  const choose = (emoji: string) => {
    setIsOpen(false);
    setOther("");
    onChoose(emoji);
  };
  return (
    <Popover.Root open={isOpen} onOpenChange={setIsOpen}>
      <Popover.Trigger asChild>
        <button type="button" tabIndex={tabIndex} aria-label={t("chat.react")}>
          <span aria-hidden="true">☺</span>
        </button>
      </Popover.Trigger>
      <Popover.Portal container={portalContainer()}>
        <Popover.Content
          className="flagship-menu flagship-emojis"
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label={t("chat.react")}
        >
          <div className="flagship-emoji-row">
            {USUAL.map((emoji) => (
              <button
                key={emoji}
                type="button"
                aria-label={t("chat.reactWith", { emoji })}
                onClick={() => choose(emoji)}
              >
                <span aria-hidden="true">{emoji}</span>
              </button>
            ))}
          </div>
          <form
            className="flagship-emoji-other"
            onSubmit={(event: FormEvent) => {
              event.preventDefault();
              if (other.trim() !== "") choose(other.trim());
            }}
          >
            <input
              type="text"
              value={other}
              aria-label={t("chat.otherEmoji")}
              placeholder={t("chat.otherEmoji")}
              autoComplete="off"
              onChange={(event) => setOther(event.target.value)}
            />
            <button type="submit">{t("chat.add")}</button>
          </form>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
