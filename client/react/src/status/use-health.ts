import type { Health } from "@flagship/core";
import { useEffect, useState } from "react";
import { useSession } from "../session/context.tsx";

/** How often the service is asked how it is. Milliseconds: somebody looks on who wonders. */
const EVERY_MS = 15_000;

/** How the service is, looked up for as long as this is shown; `null` when it does not answer. */
export function useHealth(): Health | null | undefined {
  const { requests } = useSession();
  const [health, setHealth] = useState<Health | null>();
  useEffect(() => {
    let isOver = false;
    const look = async () => {
      const found = await requests.health().catch(() => null);
      if (!isOver) setHealth(found);
    };
    void look();
    const timer = setInterval(() => document.hidden || void look(), EVERY_MS);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [requests]);
  return health;
}
