import { type ReactNode, useState } from "react";

interface DisclosureProps {
  /** What it is about too, where the name alone does not say it to those who do not see the page. */
  name: ReactNode;
  children: ReactNode;
}

/** Something that is shown on demand, and costs nothing until then. */
export function Disclosure({ name, children }: DisclosureProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details
      className="flagship-settings"
      open={isOpen}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
    >
      <summary>{name}</summary>
      {isOpen && children}
    </details>
  );
}
