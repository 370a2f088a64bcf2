import { type ReactNode, useState } from "react";

interface DisclosureProps {
  name: ReactNode;
  /** What it is about, where the name alone does not say it to those who do not see the page. */
  about?: string;
  children: ReactNode;
}

/** Something that is shown on demand, and costs nothing until then. */
export function Disclosure({ name, about, children }: DisclosureProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details
      className="settings"
      open={isOpen}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
    >
      <summary>
        {name}
        {about && <span className="visually-hidden"> {about}</span>}
      </summary>
      {isOpen && children}
    </details>
  );
}
