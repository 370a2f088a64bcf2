import { LIMITS, MAIN_ROOM } from "@flagship/core";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { type ConversationId, partnerOf } from "../chat/conversations.ts";
import { MessageList } from "../chat/message-list.tsx";
import { useT } from "../i18n/messages.ts";
import { useSession, useSessionState } from "../session/context.tsx";
import { Dialog } from "../shared/dialog.tsx";
import { errorText } from "../shared/error-text.ts";
import { Field } from "../shared/field.tsx";
import { isBlank } from "../shared/is-blank.ts";
import { roomName } from "../shared/names.ts";
import { Select } from "../shared/select.tsx";
import { useAction } from "../shared/use-action.ts";
import { FoundMessage } from "./found-message.tsx";
import { type Found, useSearch } from "./use-search.ts";

/** Where one looks. */
type Place = "everywhere" | "here";

interface SearchDialogProps {
  /** The conversation that is shown. */
  shown: ConversationId;
  /** Those that the page can show; what was said elsewhere is shown in the dialog itself. */
  conversations: readonly ConversationId[];
  /** Shows a message in its place. */
  onGo: (found: Found) => void;
  onClose: () => void;
}

/** Looks for what was said, and leads to it. */
export function SearchDialog({ shown, conversations, onGo, onClose }: SearchDialogProps) {
  const t = useT();
  const session = useSession();
  const rooms = useSessionState((state) => state.rooms);
  const form = useRef<HTMLFormElement>(null);
  const [text, setText] = useState("");
  const [place, setPlace] = useState<Place>("everywhere");
  const [opened, setOpened] = useState<Found>();
  const { findings, error, isBusy, search, further } = useSearch();
  const { isBusy: isOpening, run } = useAction();
  const room = place === "here" ? shown : undefined;

  // Whoever opens this is about to write what they look for.
  useEffect(() => {
    if (!opened) form.current?.querySelector("input")?.focus();
  }, [opened]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isBlank(text)) void search(text.trim(), room);
  };

  const open = async (found: Found) => {
    const isOnPage =
      conversations.includes(found.conversation) || partnerOf(found.conversation) !== undefined;
    if (isOnPage) {
      onClose();
      onGo(found);
    } else if (await run(() => session.loadNewest(found.conversation))) setOpened(found);
  };

  if (opened) {
    const name = roomName(t, rooms, opened.conversation);
    return (
      <Dialog
        title={t("room.said", { room: name })}
        description={t("room.saidAbout")}
        isWide
        onClose={onClose}
      >
        <button type="button" onClick={() => setOpened(undefined)}>
          {t("search.back")}
        </button>
        <MessageList roomId={opened.conversation} roomName={name} jumpedTo={opened} />
      </Dialog>
    );
  }
  return (
    <Dialog
      title={t("search.title")}
      description={t("search.description")}
      isWide
      onClose={onClose}
    >
      <search>
        <form ref={form} className="flagship-search" onSubmit={submit}>
          <Field
            // No field of type search: Escape would empty it, and not close the dialog.
            inputMode="search"
            enterKeyHint="search"
            label={t("search.what")}
            value={text}
            onChange={(event) => setText(event.target.value)}
            maxLength={LIMITS.searchChars}
            autoComplete="off"
            spellCheck={false}
          />
          {partnerOf(shown) === undefined && (
            <Select
              label={t("search.where")}
              value={place}
              options={[
                ["everywhere", t("search.everywhere")],
                ["here", shown === MAIN_ROOM ? t("place.main") : roomName(t, rooms, shown)],
              ]}
              onChange={setPlace}
            />
          )}
          <button type="submit" className="flagship-primary" disabled={isBusy || isBlank(text)}>
            {t("search.name")}
          </button>
        </form>
      </search>
      <p role="status" className="flagship-hint">
        {isBusy
          ? t("state.looking")
          : error !== undefined
            ? errorText(t, error)
            : findings && t("search.found", { count: findings.found.length, text: findings.text })}
      </p>
      {findings && findings.found.length > 0 && (
        <ul className="flagship-found" aria-label={t("search.results")}>
          {findings.found.map((found) => (
            <FoundMessage
              key={found.id}
              found={found}
              wanted={findings.text}
              isDisabled={isOpening}
              onOpen={() => void open(found)}
            />
          ))}
        </ul>
      )}
      {findings && findings.before !== null && (
        <div className="flagship-dialog-actions">
          <button type="button" disabled={isBusy} onClick={() => void further(room)}>
            {t("search.further")}
          </button>
        </div>
      )}
    </Dialog>
  );
}
