import { Badge } from "@/components/ui/badge";
import type { Scope } from "@/lib/auth/scope";
import type { Call } from "@/lib/calls/read";
import { formatDateTime } from "@/lib/format";
import { findOutcome } from "@/lib/tasks/read";

/** What became of the call's task; nothing while nobody has told. */
export async function TaskOutcome({ scope, call }: { scope: Scope; call: Call }) {
  if (call.taskId === null) return null;
  const told = await findOutcome(scope, { ...call, taskId: call.taskId }).catch(() => "unreadable" as const);
  if (told === null) return null;
  if (told === "unreadable") return <span className="text-muted-foreground">outcome unreadable</span>;
  const { outcome, occurredAt } = told;
  return (
    <Badge variant={outcome === "success" ? "better" : "worse"} title={`told for ${formatDateTime(occurredAt)}`}>
      {outcome}
    </Badge>
  );
}
