import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

/** What a button says, with a picture. Where there is little room, the picture alone is seen. */
export function Labelled({ icon: Icon, children }: { icon: LucideIcon; children: ReactNode }) {
  return (
    <span className="flagship-labelled">
      <Icon aria-hidden="true" size={18} />
      <span>{children}</span>
    </span>
  );
}
