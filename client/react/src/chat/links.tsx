import { tokenize } from "linkifyjs";
import type { ReactNode } from "react";

/** Addresses that a message may lead to: no scripts, no data, no files. */
const SAFE = /^(https?:\/\/|mailto:)/i;

/**
 * The text with its addresses as links, which open beside the session and learn nothing of it. Everything else
 * stays the text that it is.
 */
export function withLinks(text: string): ReactNode {
  // Cheap, and true for nearly every message: the tokens need not be found.
  if (!/[.@:]/.test(text)) return text;
  return tokenize(text).map((token, index) => {
    const shown = token.toString();
    const href = token.isLink ? token.toHref("https") : "";
    if (!SAFE.test(href)) return shown;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never change places
      <a key={index} href={href} target="_blank" rel="noopener noreferrer nofollow">
        {shown}
      </a>
    );
  });
}
