import {
  draggable,
  dropTargetForElements,
} from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { type RefObject, useEffect, useEffectEvent, useState } from "react";

/** What is dragged, from this package and not from the page around it. */
interface Dragged {
  kind: string;
  id: string;
}

/**
 * Lets an element be dragged. It needs another way to the same end for those who do not drag: it is not reachable by
 * keyboard through this. Gives whether it is being dragged.
 */
export function useDraggable(
  ref: RefObject<HTMLElement | null>,
  kind: string,
  id: string,
): boolean {
  const [isDragged, setIsDragged] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    return draggable({
      element,
      getInitialData: () => ({ kind, id }) satisfies Dragged,
      onDragStart: () => setIsDragged(true),
      onDrop: () => setIsDragged(false),
    });
  }, [ref, kind, id]);
  return isDragged;
}

/** Lets things of one kind be dropped on an element, while it is enabled. Gives whether one is held over it. */
export function useDropTarget(
  ref: RefObject<HTMLElement | null>,
  kind: string,
  isEnabled: boolean,
  drop: (id: string) => void,
): boolean {
  const [isOver, setIsOver] = useState(false);
  const onDrop = useEffectEvent(drop);
  useEffect(() => {
    const element = ref.current;
    if (!element || !isEnabled) return;
    return dropTargetForElements({
      element,
      canDrop: ({ source }) => source.data.kind === kind,
      onDragEnter: () => setIsOver(true),
      onDragLeave: () => setIsOver(false),
      onDrop({ source }) {
        setIsOver(false);
        if (typeof source.data.id === "string") onDrop(source.data.id);
      },
    });
  }, [ref, kind, isEnabled]);
  return isOver;
}
