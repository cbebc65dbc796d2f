import type { ReactNode } from "react";

/** Nothing to show: what is missing (`title`), why (`children`), one button or link (`action`). */
export function Empty({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <div className="grid flex-1 content-center justify-items-center gap-1.5 px-4 py-6 text-center text-text-2">
      <p className="font-medium text-foreground">{title}</p>
      <div className="max-w-[44ch] text-[12.5px] leading-[18px]">{children}</div>
      {action && <div className="mt-1.5">{action}</div>}
    </div>
  );
}
