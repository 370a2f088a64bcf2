import type { RoomId } from "@flagship/core";
import { useEffect } from "react";
import { useSession } from "../session/context.tsx";

/** How often is asked who has seen a broadcast, while somebody looks. Milliseconds. */
const ASK_EVERY_MS = 5_000;

/** Keeps the receipts of some rooms up to date: of rooms that one is not in, nothing comes by itself. */
export function useBroadcastReceipts(rooms: readonly RoomId[]): void {
  const session = useSession();
  const named = rooms.join();
  useEffect(() => {
    const ask = () => {
      // One that fails is made up for by the next.
      for (const room of named.split(",").filter(Boolean)) {
        session.loadReceipts(room).catch(() => {});
      }
    };
    ask();
    const timer = setInterval(ask, ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [session, named]);
}
