import { deliveryOf, directDeliveryOf, type Message } from "@flagship/core";
import { useT } from "../i18n/messages.ts";
import { useSessionState } from "../session/context.tsx";
import { partnerOf } from "./conversations.ts";

/** How far one's own message has come: in words, which the marks before them only illustrate. */
export function DeliveryLine({ message }: { message: Message }) {
  const t = useT();
  const receipts = useSessionState((state) => state.receipts);
  const directReceipts = useSessionState((state) => state.directReceipts);
  const partner = partnerOf(message.roomId);
  const { state, others, delivered, read } =
    partner === undefined
      ? deliveryOf({ receipts }, message)
      : directDeliveryOf({ directReceipts }, { id: message.id, recipientId: partner });
  // Until it has reached somebody, that it was sent is all there is to say.
  const isKnown = others !== null && others > 0 && delivered > 0;
  const words = !isKnown
    ? t("chat.accepted")
    : partner === undefined
      ? t("chat.delivery", { delivered, read, others })
      : t(read > 0 ? "chat.readAlone" : "chat.deliveredAlone");
  return (
    <p className="flagship-delivery" data-state={state}>
      <span aria-hidden="true">{isKnown ? "✓✓ " : "✓ "}</span>
      {words}
    </p>
  );
}
