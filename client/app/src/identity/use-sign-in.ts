import { developmentToken, FlagshipError } from "@flagship/core";
import { useState } from "react";
import { useAppT } from "../i18n/messages.ts";
import { forgetSessions } from "../offline/use-memory.ts";
import {
  dropIdentity,
  heldIdentity,
  holdIdentity,
  type Identity,
  identityOf,
  offeredIdentity,
} from "./identity.ts";

/** A window's identity and the way to one. */
export interface SignIn {
  identity: Identity | undefined;
  offered: Identity | undefined;
  /** What is asked for: a name where the service hands out tokens for development, else a token. */
  asks: "alias" | "token";
  entered: string;
  enter(text: string): void;
  /** Goes on with what was entered. Rejects with words for the person when that does not do. */
  signIn(): Promise<Identity>;
  /** Goes on as whoever used this browser last. */
  acceptOffer(): void;
  signOut(): void;
}

/** This window's identity. */
export function useSignIn(): SignIn {
  const t = useAppT();
  const [identity, setIdentity] = useState(heldIdentity);
  const [offered, setOffered] = useState(offeredIdentity);
  const [asks, setAsks] = useState<SignIn["asks"]>("alias");
  const [entered, enter] = useState("");

  const hold = (found: Identity, isOffered: boolean) => {
    // The token of whoever was here before may have expired, without their signing out.
    forgetSessions();
    holdIdentity(found, isOffered);
    setIdentity(found);
    enter("");
    return found;
  };

  const signIn = async () => {
    if (identity) return identity;
    const text = entered.trim();
    if (asks === "token") return hold(identityOf(text), false);
    try {
      const { token } = await developmentToken({ url: location.origin }, text);
      return hold({ token, alias: text }, true);
    } catch (error) {
      if (!(error instanceof FlagshipError) || error.code !== "not_found") throw error;
      setAsks("token");
      enter("");
      throw new Error(t("identity.noNames"));
    }
  };

  return {
    identity,
    offered,
    asks,
    entered,
    enter,
    signIn,
    acceptOffer: () => offered && hold(offered, true),
    signOut: () => {
      dropIdentity();
      forgetSessions();
      setIdentity(undefined);
      setOffered(offeredIdentity());
    },
  };
}
