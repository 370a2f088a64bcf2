// A program of somebody who installed the package: it has to compile and to run, in a project of its own (see
// scripts/checks/packages.mjs). Nothing but what the package exports.

import {
  FlagshipBreakoutRoomManager,
  FlagshipProvider,
  flagshipBreakoutService,
  flagshipMessageService,
  useFlagshipBreakoutRoom,
} from "@flagship/react";
import breakoutService from "@flagship/react/breakout-service";
import messageService from "@flagship/react/message-service";

export function Integration({ sessionId }: { sessionId: string }) {
  return (
    <FlagshipProvider url="https://example.com" getToken={() => "a token"}>
      <FlagshipBreakoutRoomManager sessionId={sessionId} />
      <Own sessionId={sessionId} />
    </FlagshipProvider>
  );
}

function Own({ sessionId }: { sessionId: string }) {
  const room = useFlagshipBreakoutRoom(sessionId);
  return <p>{typeof room}</p>;
}

// @ts-expect-error A manager is of a session.
export const noSession = () => <FlagshipBreakoutRoomManager />;

if (breakoutService !== flagshipBreakoutService) throw new Error("the default is the service");
if (messageService !== flagshipMessageService) throw new Error("the default is the service");
