import { isSameMemory, type Memory, memoryOf, type SessionClient } from "@flagship/core";
import { useEffect, useLayoutEffect } from "react";

/** How long the state has to rest before it is remembered. Milliseconds: a busy session changes many times a second. */
const REST_MS = 1_000;

const keyOf = (session: SessionClient) => `flagship.session.${session.id}`;

/**
 * Shows the last state of a session until there is a connection, and keeps it up to date. Like who this window speaks
 * as, it is the window's own, survives a reload, and is gone with the window.
 */
export function useMemory(session: SessionClient): void {
  useLayoutEffect(() => {
    const memory = recalled(session);
    if (memory) session.recall(memory);
  }, [session]);

  useEffect(() => {
    let kept = session.store.getState();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const keep = () => {
      timer = undefined;
      kept = session.store.getState();
      remember(session);
    };
    const unsubscribe = session.store.subscribe(() => {
      if (isSameMemory(kept, session.store.getState())) return;
      timer ??= setTimeout(keep, REST_MS);
    });
    const onHide = () => timer !== undefined && keep();
    window.addEventListener("pagehide", onHide);
    return () => {
      unsubscribe();
      clearTimeout(timer);
      window.removeEventListener("pagehide", onHide);
    };
  }, [session]);
}

/** Forgets every session that this window remembers, and how far was read in it: for whoever signs out, or comes next. */
export function forgetSessions(): void {
  try {
    for (const key of Object.keys(sessionStorage)) {
      if (/^flagship\.(session|read)\./.test(key)) sessionStorage.removeItem(key);
    }
  } catch {}
}

function remember(session: SessionClient): void {
  try {
    const memory = memoryOf(session.store.getState());
    if (memory) sessionStorage.setItem(keyOf(session), JSON.stringify(memory));
    else sessionStorage.removeItem(keyOf(session));
    // A session too large for the storage is not remembered.
  } catch {}
}

function recalled(session: SessionClient): Memory | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(session)) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}
