import type { ReactNode } from "react";

/** Facts as name and value, a hairline between. */
export function FactList({ children }: { children: ReactNode }) {
  return <dl className="px-4 pt-2 pb-2.5 max-phone:px-3.5">{children}</dl>;
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex gap-3 border-border border-b py-[7px] last:border-b-0 max-phone:block">
      <dt className="w-[150px] shrink-0 text-muted-foreground">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}
