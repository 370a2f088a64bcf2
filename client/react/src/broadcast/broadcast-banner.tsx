import { MAIN_ROOM, type Message } from "@flagship/core";
import { useEffect, useRef } from "react";
import { withLinks } from "../chat/links.tsx";
import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
import { useSession, useSessionState } from "../session/context.tsx";
import { roomName } from "../shared/names.ts";
import { useNotify } from "../shared/notices.tsx";
import { useOpenBroadcasts } from "./use-open-broadcasts.ts";

/**
 * The broadcasts that the person has not dismissed, across the page, in whatever room and conversation. Not a live region:
 * the region of notices reads each out once, also while a dialog is open.
 */
export function BroadcastBanner() {
  const t = useT();
  const formats = useFormats();
  const rooms = useSessionState((state) => state.rooms);
  const { open, isNew, dismiss } = useOpenBroadcasts();
  useReadOut(open, isNew);
  useShown(open);
  const list = useRef<HTMLUListElement>(null);
  if (open.length === 0) return null;

  const onDismiss = (message: Message) => {
    dismiss(message);
    // The focus moves to the next button, if there is one.
    const buttons = [...(list.current?.querySelectorAll("button") ?? [])];
    const at = open.indexOf(message);
    (buttons[at + 1] ?? buttons[at - 1])?.focus();
  };

  return (
    <section className="flagship-banner flagship-broadcasts" aria-label={t("broadcast.label")}>
      <ul ref={list}>
        {open.map((message) => (
          <li key={message.id}>
            <div>
              <p className="flagship-hint">
                {t("broadcast.by", {
                  time: formats.timeOfDay(message.createdAt),
                  name: message.senderAlias,
                  rooms:
                    message.roomId === MAIN_ROOM
                      ? t("broadcast.everyone")
                      : roomName(t, rooms, message.roomId),
                })}
              </p>
              <p className="flagship-content" dir="auto">
                {withLinks(message.content)}
              </p>
            </div>
            <button
              type="button"
              aria-label={t("broadcast.dismiss", { name: message.senderAlias })}
              onClick={() => onDismiss(message)}
            >
              {t("action.dismiss")}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Reads each out once, the oldest first. */
function useReadOut(open: readonly Message[], isNew: (message: Message) => boolean): void {
  const t = useT();
  const notify = useNotify();
  const told = useRef(new Set<string>());
  useEffect(() => {
    const fresh = open.filter((message) => isNew(message) && !told.current.has(message.id));
    for (const { id, senderAlias, content } of [...fresh].reverse()) {
      told.current.add(id);
      notify("spoken", t("broadcast.announced", { name: senderAlias, text: content }));
    }
  }, [open, isNew, notify, t]);
}

/** Reports the broadcasts on the page as shown, once the page is visible. */
function useShown(open: readonly Message[]): void {
  const session = useSession();
  useEffect(() => {
    const look = () => {
      if (document.hidden) return;
      for (const message of open) session.markAnnounced(message);
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [open, session]);
}
