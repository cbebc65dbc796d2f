import type { ReactNode } from "react";

/** One figure of an item of a list, under its name; within a `dl`. */
export function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="whitespace-nowrap text-muted-foreground text-note">{label}</dt>
      <dd className="whitespace-nowrap font-medium">{children}</dd>
    </div>
  );
}
