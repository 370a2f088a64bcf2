import type { ParticipantId } from "@flagship/core";
import { type ReactNode, useRef } from "react";
import { useT } from "../i18n/messages.ts";
import { useDropTarget } from "../shared/use-drag.ts";
import { PLACED } from "./placed-person.tsx";

interface ProposedRoomProps {
  name: string;
  count: number;
  /** Somebody was dragged here. */
  onDrop: (participantId: ParticipantId) => void;
  children: ReactNode;
}

/** A room of a proposal with those who would go there, onto which others can be dragged. */
export function ProposedRoom({ name, count, onDrop, children }: ProposedRoomProps) {
  const t = useT();
  const element = useRef<HTMLElement>(null);
  const isOver = useDropTarget(element, PLACED, true, onDrop);
  return (
    <section ref={element} className="flagship-proposed-room" data-over={isOver} aria-label={name}>
      <h3>
        {name} <span className="flagship-hint">({count})</span>
      </h3>
      {count === 0 && <p className="flagship-hint">{t("groups.dropHere")}</p>}
      <ul>{children}</ul>
    </section>
  );
}
