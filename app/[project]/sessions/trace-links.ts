import type { TraceId, TraceOwner } from "@/lib/sessions/read-trace";
import { entityPath, there, type View } from "../view";

/** The page of a session or task of one tenant; other filters stay behind: its page shows all of its calls. */
export function traceHref(view: View, { kind, id }: TraceId, { tenantId, environment }: TraceOwner): string {
  const { path, id: name } = entityPath(kind === "session" ? "/sessions" : "/tasks", id);
  const shared = new URLSearchParams();
  for (const key of ["period", "from", "to", "compare"]) {
    const value = view.params.get(key);
    if (value !== null) shared.set(key, value);
  }
  const owner = { "filter.tenant": tenantId, "filter.environment": environment };
  return there({ ...view, own: null, params: shared }, path, { ...owner, id: name });
}

/** Two days around: a list of calls takes a period, and days are what its picker offers. */
const day = (ms: number) => new Date(ms).toJSON().slice(0, 10);

/** The list of calls of a session or task, over the days that it took. */
export function callsHref(
  view: View,
  { kind, id }: TraceId,
  { firstAt, endAt, tenantId, environment }: TraceOwner & Readonly<{ firstAt: Date; endAt: Date }>,
): string {
  return there({ ...view, own: null, params: new URLSearchParams() }, "/calls", {
    from: day(firstAt.getTime()),
    to: day(endAt.getTime() + 86_400_000),
    [`filter.${kind}`]: id,
    "filter.tenant": tenantId,
    "filter.environment": environment,
  });
}
