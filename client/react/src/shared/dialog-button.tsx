import { type ReactNode, useState } from "react";

interface DialogButtonProps {
  name: ReactNode;
  className?: string | undefined;
  onOpen?: () => void;
  /** Gives the dialog. `close` takes it away. */
  children: (close: () => void) => ReactNode;
}

/** A button and the dialog that it opens. */
export function DialogButton({ name, className, onOpen, children }: DialogButtonProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={className}
        aria-haspopup="dialog"
        onClick={() => {
          onOpen?.();
          setIsOpen(true);
        }}
      >
        {name}
      </button>
      {isOpen && children(() => setIsOpen(false))}
    </>
  );
}
