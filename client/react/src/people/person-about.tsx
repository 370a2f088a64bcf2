import type { Participant } from "@flagship/core";
import { useFormats } from "../i18n/formats.ts";
import { useSessionState } from "../session/context.tsx";

/** What somebody wrote about themselves, for those who put groups together. */
export function PersonAbout({ person }: { person: Participant }) {
  const formats = useFormats();
  const profile = useSessionState((state) => state.moderation?.profiles[person.id]);
  if (!profile) return null;
  return (
    <div>
      {profile.about !== null && <p className="flagship-content">{profile.about}</p>}
      {profile.tags.length > 0 && <p className="flagship-hint">{formats.list(profile.tags)}</p>}
    </div>
  );
}
