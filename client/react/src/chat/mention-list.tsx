import { useT } from "../i18n/messages.ts";
import { Avatar } from "./avatar.tsx";
import type { Mentions } from "./use-mentions.ts";

/** Whom one may be about to mention. The focus stays in the field. */
export function MentionList({ mentions }: { mentions: Mentions }) {
  const t = useT();
  const { listId, people, chosen, take } = mentions;
  if (people.length === 0) return null;
  return (
    <div
      id={listId}
      role="listbox"
      className="flagship-mention-list"
      aria-label={t("chat.mentionWhom")}
    >
      {people.map((person, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field, which keeps the focus
        <div
          key={person.id}
          id={`${listId}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => take(person)}
        >
          <Avatar id={person.id} alias={person.alias} />
          <span>{person.alias}</span>
        </div>
      ))}
    </div>
  );
}
