/** The tags in a text that separates them by commas: each once, as it was written first. */
export function tagsIn(text: string): string[] {
  const tags = text.split(",").map((tag) => tag.trim().replace(/\s+/g, " "));
  return tags.filter((tag, index) => tag !== "" && tags.indexOf(tag) === index);
}
