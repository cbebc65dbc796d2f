import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";

/** What failed (`title`), what is still true (`children`), what to do (`actions`), and the reference that the log holds. */
export function Failure({
  title,
  children,
  actions,
  reference,
}: {
  title: string;
  children: ReactNode;
  actions: ReactNode;
  reference?: string;
}) {
  return (
    <div
      role="alert"
      className="grid flex-1 content-center justify-items-center gap-1.5 px-4 py-6 text-center text-text-2"
    >
      <p className="flex items-center gap-1.5 font-medium text-foreground">
        <CircleAlert aria-hidden strokeWidth={1.75} className="size-[15px]" />
        {title}
      </p>
      <p className="max-w-[40ch] text-[12.5px] leading-[18px]">{children}</p>
      <div className="mt-1.5 flex justify-center gap-1.5">{actions}</div>
      {reference && <p className="mono text-muted-foreground">ref {reference}</p>}
    </div>
  );
}
