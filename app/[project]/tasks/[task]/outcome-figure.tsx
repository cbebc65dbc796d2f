import { Kpi } from "@/components/shell/kpi-strip";
import type { Scope } from "@/lib/auth/scope";
import { formatDateTime } from "@/lib/format";
import { findOutcome } from "@/lib/tasks/read";

type Props = { scope: Scope; task: Readonly<{ environment: string; tenantId: string; taskId: string }> };

/** How the task ended, as far as anybody told. */
export async function OutcomeFigure({ scope, task }: Props) {
  const told = await findOutcome(scope, task);
  if (!told) return <Kpi label="Outcome" figure="not told" context="neither a success nor a failure" />;
  return <Kpi label="Outcome" figure={told.outcome} context={`told for ${formatDateTime(told.occurredAt)}`} />;
}
