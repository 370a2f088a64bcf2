import type { FlagshipError } from "@flagship/core";
import { errorText, useSession, useT } from "@flagship/react/parts";
import {
  Ban,
  DoorClosed,
  KeyRound,
  Lock,
  type LucideIcon,
  MonitorSmartphone,
  SearchX,
  TriangleAlert,
  Users,
} from "lucide-react";
import { useAppT } from "../i18n/messages.ts";

/** What each reason is called, and how it looks. */
const REASONS = {
  session_not_found: SearchX,
  session_full: Users,
  session_locked: Lock,
  banned: Ban,
  removed: DoorClosed,
  left: DoorClosed,
  unauthorized: KeyRound,
  too_many_connections: MonitorSmartphone,
  other: TriangleAlert,
} as const satisfies Record<string, LucideIcon>;

type Reason = keyof typeof REASONS;

const isReason = (code: string): code is Reason => Object.hasOwn(REASONS, code);

function reasonOf({ code }: FlagshipError): Reason {
  if (code === "token") return "unauthorized";
  return isReason(code) ? code : "other";
}

interface DeadEndProps {
  error: FlagshipError;
  onSignOut: () => void;
}

/** Why one is not in the session, and what can be done about it. Fills the page: there is nothing else to see. */
export function DeadEnd({ error, onSignOut }: DeadEndProps) {
  const t = useAppT();
  const tOfParts = useT();
  const session = useSession();
  const reason = reasonOf(error);
  const Icon = REASONS[reason];
  return (
    <section className="flagship-dead-end" role="alert">
      <span className="flagship-dead-end-icon">
        <Icon aria-hidden="true" size={36} />
      </span>
      <h2>{t(`deadEnd.${reason}`)}</h2>
      <p>{t(`deadEnd.${reason}.hint`)}</p>
      <p className="flagship-hint">{errorText(tOfParts, error)}</p>
      <div className="flagship-settings-row">
        {reason === "unauthorized" ? (
          <button type="button" className="flagship-primary" onClick={onSignOut}>
            {t("session.signIn")}
          </button>
        ) : (
          <button type="button" className="flagship-primary" onClick={() => session.connect()}>
            {t("session.again")}
          </button>
        )}
        <a className="flagship-button" href="/">
          {t("session.toStart")}
        </a>
      </div>
    </section>
  );
}
