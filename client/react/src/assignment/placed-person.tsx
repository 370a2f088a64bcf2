import type { ParticipantId, Room, RoomId } from "@flagship/core";
import { useEffect, useRef, useState } from "react";
import { useT } from "../i18n/messages.ts";
import { RoomChoiceDialog } from "../placement/room-choice-dialog.tsx";
import { useDraggable } from "../shared/use-drag.ts";

/** What is dragged from room to room of a proposal: nobody is moved by it, so that the page's own rooms do not take it. */
export const PLACED = "flagship/placed";

interface PlacedPersonProps {
  id: ParticipantId;
  alias: string;
  /** Where the proposal has them. */
  roomId: RoomId | null;
  roomName: string;
  rooms: readonly Pick<Room, "id" | "name">[];
  /** Whether they were put here just now: the focus was at them. */
  isMoved: boolean;
  onMove: (roomId: RoomId | null) => void;
}

/** Somebody in a proposal, who can be put elsewhere: dragged there, or by the dialog that their button opens. */
export function PlacedPerson({
  id,
  alias,
  roomId,
  roomName,
  rooms,
  isMoved,
  onMove,
}: PlacedPersonProps) {
  const t = useT();
  const element = useRef<HTMLLIElement>(null);
  const isDragged = useDraggable(element, PLACED, id);
  const [isChoosing, setIsChoosing] = useState(false);

  // Their place in the page is another one now.
  useEffect(() => {
    if (isMoved) element.current?.querySelector("button")?.focus();
  }, [isMoved]);

  const choices = [...rooms, { id: null, name: t("groups.noRoom") }];
  return (
    <li ref={element} className="flagship-placed flagship-movable" data-dragged={isDragged}>
      <span>{alias}</span>
      <button
        type="button"
        className="flagship-plain"
        aria-haspopup="dialog"
        onClick={() => setIsChoosing(true)}
      >
        <span aria-hidden="true">⋯</span>
        <span className="flagship-visually-hidden">{t("placement.move", { name: alias })}</span>
      </button>
      {isChoosing && (
        <RoomChoiceDialog
          title={t("placement.which", { name: alias })}
          description={t("groups.moveAbout", { name: alias, room: roomName })}
          rooms={choices.filter((room) => room.id !== roomId)}
          onChoose={onMove}
          onClose={() => setIsChoosing(false)}
        />
      )}
    </li>
  );
}
