import type { ReactNode } from "react";

/** A part of a text for those who do not see what it belongs to. */
export const unseen = (content: ReactNode) => (
  <span className="flagship-visually-hidden">{content}</span>
);

/** A part of a text that matters more. */
export const strong = (content: ReactNode) => <strong>{content}</strong>;
