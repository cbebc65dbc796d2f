import type { ReactNode } from "react";

/** What stands for nothing, in words: "none", "not billed", "unpriced", "no cache". */
export function Muted({ children }: { children: ReactNode }) {
  return <span className="text-muted-foreground">{children}</span>;
}
