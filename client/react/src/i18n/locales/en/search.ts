/** Looking for what was said. */
export const search = {
  "search.name": "Search",
  "search.keys": "Search (Ctrl+Shift+F)",
  "search.title": "Search messages",
  "search.description": "In the rooms that you may read, and in your direct messages.",
  "search.what": "Words to look for",
  "search.where": "Where",
  "search.everywhere": "Everywhere",
  "search.found":
    "{count, plural, =0 {Nothing with “{text}” so far.} one {# message with “{text}”.} other {# messages with “{text}”.}}",
  "search.results": "Messages that were found",
  "search.further": "Look further back",
  "search.back": "Back to the results",
  "search.at": "{day}, {time}",
} as const;
