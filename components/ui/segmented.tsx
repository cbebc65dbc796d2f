import Link from "next/link";
import { cn } from "@/components/ui/cn";

export const SEGMENTED = "inline-flex rounded-control border border-border bg-inset p-px max-phone:overflow-x-auto";
export const SEGMENT =
  "h-[22px] whitespace-nowrap rounded-[5px] px-2 text-note leading-[22px] text-text-2 hover:text-foreground max-phone:h-[34px] max-phone:leading-[34px]";
export const SEGMENT_ON =
  "aria-[current=true]:bg-card aria-[current=true]:font-medium aria-[current=true]:text-foreground aria-[current=true]:shadow-[0_0_0_1px_var(--border-strong)]";

export type SegmentedOption = Readonly<{ value: string; label: string; href: string }>;

/** A choice of a few, each a link: the URL holds it. `label` names the group for screen readers. */
export function Segmented({
  label,
  value,
  options,
  className,
}: {
  label: string;
  value: string;
  options: readonly SegmentedOption[];
  className?: string;
}) {
  return (
    <nav aria-label={label} className={cn(SEGMENTED, className)}>
      {options.map((option) => (
        <Link
          key={option.value}
          href={option.href}
          replace
          scroll={false}
          prefetch={false}
          aria-current={option.value === value ? "true" : undefined}
          className={cn(SEGMENT, SEGMENT_ON)}
        >
          {option.label}
        </Link>
      ))}
    </nav>
  );
}
