import { Badge, type BadgeProps } from "@/components/ui/badge";
import type { RunStatus } from "@/lib/reprice/schema";

const WORDS: Readonly<Record<RunStatus, readonly [label: string, variant: BadgeProps["variant"]]>> = {
  previewing: ["dry run", "brand"],
  previewed: ["to be applied", "warn"],
  applying: ["applying", "brand"],
  done: ["applied", "better"],
  cancelled: ["stopped", "outline"],
  failed: ["failed", "firing"],
};

/** Where a run stands, in a word. */
export function RunStatusBadge({ status }: { status: RunStatus }) {
  const [label, variant] = WORDS[status];
  return <Badge variant={variant}>{label}</Badge>;
}
