import type { RoomId } from "@flagship/core";
import { useEffect } from "react";
import { useSession } from "../session/context.tsx";

/** Interval of the requests for receipts while the dialog is open. Milliseconds. */
const ASK_EVERY_MS = 5_000;

/** Keeps the receipts of some rooms up to date. The service sends those of followed rooms only. */
export function useBroadcastReceipts(rooms: readonly RoomId[]): void {
  const session = useSession();
  const named = rooms.join();
  useEffect(() => {
    const ask = () => {
      // The next request makes up for a failed one.
      for (const room of named.split(",").filter(Boolean)) {
        session.loadReceipts(room).catch(() => {});
      }
    };
    ask();
    const timer = setInterval(ask, ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [session, named]);
}
