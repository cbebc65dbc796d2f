import type { ReactNode } from "react";

/** Title of a page before one is in, and the line under it. */
export function AuthTitle({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <h1 className="font-semibold text-[22px] leading-7 tracking-[-0.025em]">{title}</h1>
      <div className="mt-0.5 text-text-2">{children}</div>
    </>
  );
}
