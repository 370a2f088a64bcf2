import { selectSelf } from "@flagship/core";
import { useT } from "../i18n/messages.ts";
import { useSessionState } from "../session/context.tsx";
import type { FlagshipUser } from "./flagship-breakout-room-manager.tsx";

/** Says so when the page takes the person for somebody else than their token does. */
export function IdentityCheck({ user }: { user: FlagshipUser }) {
  const t = useT();
  const self = useSessionState(selectSelf);
  // In an anonymous session nobody has the id of their token.
  const isAnonymous = useSessionState((state) => state.session?.anonymous ?? false);
  if (!self || isAnonymous || self.id === user.id) return null;
  return (
    <p className="flagship-banner flagship-error" role="alert">
      {t("identity.differs", { page: user.name ?? user.id, session: self.alias })}
    </p>
  );
}
