import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";

/** What went wrong with a form as a whole; announced when it appears. */
export function FormError({ children }: { children: ReactNode }) {
  if (!children) return null;
  return (
    <p role="alert" className="mt-3 flex items-start gap-[5px] text-firing text-note">
      <CircleAlert className="mt-[1.5px] size-[13px] shrink-0" strokeWidth={1.75} aria-hidden />
      <span>{children}</span>
    </p>
  );
}
