import type { RoomId } from "@flagship/core";
import { type ReactNode, useRef } from "react";
import { useDropTarget } from "../shared/use-drag.ts";
import { PERSON, usePlacement } from "./use-placement.ts";

interface DropRoomProps {
  roomId: RoomId;
  /** Whether one may put people into it. */
  isEnabled: boolean;
  children: ReactNode;
}

/** What is on a room's card, onto which people can be dragged. */
export function DropRoom({ roomId, isEnabled, children }: DropRoomProps) {
  const element = useRef<HTMLDivElement>(null);
  const place = usePlacement();
  const isOver = useDropTarget(element, PERSON, isEnabled, (id) => void place(id, roomId));
  return (
    <div ref={element} className="flagship-drop-room" data-over={isOver}>
      {children}
    </div>
  );
}
