import type { ReactNode } from "react";

/** Two columns of fields below a hairline. */
export function Section({ children }: { children: ReactNode }) {
  return <div className="grid grid-cols-2 items-start gap-x-3 gap-y-3 border-border border-t pt-3.5">{children}</div>;
}
