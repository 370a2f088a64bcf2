import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { useLocale } from "../i18n/locale-context.ts";
import { useT } from "../i18n/messages.ts";
import { Notices } from "./notices.tsx";
import { portalContainer } from "./portal-container.ts";

interface DialogProps {
  title: string;
  description: ReactNode;
  /** Escape, or the button that closes it. The dialog goes when it is no longer rendered. */
  onClose: () => void;
  /** What the button that closes it says. */
  closeName?: string;
  isWide?: boolean;
  children: ReactNode;
}

/**
 * Something that wants all of the attention: the page behind it waits, and the focus goes back to where it was. It
 * shows the notices itself, since nothing behind it is read aloud.
 */
export function Dialog({
  title,
  description,
  onClose,
  closeName,
  isWide = false,
  children,
}: DialogProps) {
  const t = useT();
  const { language, dir } = useLocale();
  const id = useId();
  const element = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);

  useLayoutEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    // Neither a field nor a button: what is being typed must not answer a dialog that has just come up.
    heading.current?.focus();
    return () => dialog?.close();
  }, []);

  return createPortal(
    <dialog
      ref={element}
      className="flagship-dialog"
      lang={language}
      dir={dir}
      data-wide={isWide}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-description`}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className="flagship-dialog-head">
        <h2 id={`${id}-title`} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" onClick={onClose}>
          {closeName ?? t("action.close")}
        </button>
      </header>
      <div id={`${id}-description`} className="flagship-hint">
        {description}
      </div>
      {children}
      <Notices />
    </dialog>,
    portalContainer(),
  );
}
