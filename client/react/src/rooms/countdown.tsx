import { useSession } from "../session/context.tsx";
import { Timer } from "../shared/timer.tsx";

/** The time until a moment of the server's clock. */
export function Countdown({ until }: { until: number }) {
  const session = useSession();
  // Rounded: the server's clock is known to a part of a second.
  return <Timer seconds={() => Math.max(0, Math.round((until - session.serverNow()) / 1_000))} />;
}
