import { Badge } from "@/components/ui/badge";
import type { Ending } from "@/lib/tasks/figures";

/** How a task ended, in a word. */
export function EndingBadge({ ending }: { ending: Ending }) {
  if (ending === "untold") return <Badge variant="outline">not told</Badge>;
  return <Badge variant={ending === "failure" ? "worse" : "default"}>{ending}</Badge>;
}
