import { useSessionState } from "../session/context.tsx";

/** Who is writing. For the eye only: read aloud, it would interrupt without end. */
export function TypingLine({ roomId }: { roomId: string }) {
  const typing = useSessionState((state) => state.typing);
  const participants = useSessionState((state) => state.participants);
  const names = typing
    .filter((writer) => writer.roomId === roomId)
    .flatMap((writer) => participants[writer.participantId]?.alias ?? []);
  return (
    <p className="typing" aria-hidden="true">
      {names.length === 1 && `${names[0]} is writing…`}
      {names.length === 2 && `${names[0]} and ${names[1]} are writing…`}
      {names.length > 2 && "Several people are writing…"}
    </p>
  );
}
