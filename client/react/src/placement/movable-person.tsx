import type { Participant } from "@flagship/core";
import { useRef } from "react";
import { useT } from "../i18n/messages.ts";
import { DialogButton } from "../shared/dialog-button.tsx";
import { useDraggable } from "../shared/use-drag.ts";
import { MoveDialog } from "./move-dialog.tsx";
import { PERSON } from "./use-placement.ts";

/** Somebody who can be put into another room: dragged there, or by the dialog that its button opens. */
export function MovablePerson({ person }: { person: Participant }) {
  const t = useT();
  const element = useRef<HTMLLIElement>(null);
  const isDragged = useDraggable(element, PERSON, person.id);
  return (
    <li ref={element} className="flagship-movable" data-dragged={isDragged}>
      {person.alias}
      {/* Beside the name and not around it: Firefox starts no drag on a button. */}
      <DialogButton
        className="flagship-plain"
        name={
          <>
            <span aria-hidden="true">⋯</span>
            <span className="flagship-visually-hidden">
              {t("placement.move", { name: person.alias })}
            </span>
          </>
        }
      >
        {(close) => <MoveDialog person={person} onClose={close} />}
      </DialogButton>
    </li>
  );
}
