import { useT } from "../i18n/messages.ts";
import { useSessionState } from "../session/context.tsx";
import { partnerOf } from "./conversations.ts";

/** Who is writing. For the eye only: read aloud, it would interrupt without end. */
export function TypingLine({ roomId }: { roomId: string }) {
  const t = useT();
  const typing = useSessionState((state) => state.typing);
  const participants = useSessionState((state) => state.participants);
  const partner = partnerOf(roomId);
  const [one, two, more] = typing
    .filter((writer) =>
      partner === undefined
        ? writer.roomId === roomId
        : writer.roomId === null && writer.participantId === partner,
    )
    .flatMap((writer) => participants[writer.participantId]?.alias ?? []);
  return (
    <p className="flagship-typing" aria-hidden="true">
      {one !== undefined && two === undefined && t("chat.typingOne", { name: one })}
      {one !== undefined &&
        two !== undefined &&
        more === undefined &&
        t("chat.typingTwo", { first: one, second: two })}
      {more !== undefined && t("chat.typingMany")}
    </p>
  );
}
