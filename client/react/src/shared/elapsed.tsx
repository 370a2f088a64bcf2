import { useSession } from "../session/context.tsx";
import { Timer } from "./timer.tsx";

/** The time since a moment of the server's clock. */
export function Elapsed({ since }: { since: number }) {
  const session = useSession();
  return <Timer seconds={() => Math.max(0, Math.floor((session.serverNow() - since) / 1_000))} />;
}
