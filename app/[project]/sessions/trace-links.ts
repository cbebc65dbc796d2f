import type { Filter } from "@/lib/reports/schema";
import type { TraceId, TraceOwner } from "@/lib/sessions/read-trace";
import { entityPath, there, type View } from "../view";

/** Whose a session or task is stands in parameters of its own: as filters they would go along to every page from there. */
const OWNER = { tenant: "of", environment: "in" } as const;

/** What the address says of whose it is, as filters; none where it says nothing. */
export function ownerFilters({ params }: Pick<View, "params">): readonly Filter[] {
  return (["tenant", "environment"] as const).flatMap((dimension): Filter[] => {
    const value = params.get(OWNER[dimension]);
    // What no name can hold, the database would refuse.
    return value === null || value.includes("\0") ? [] : [{ dimension, op: "is", values: [value] }];
  });
}

/** The page of a session or task of one tenant, with the filters of the page that leads there. */
export function traceHref(view: View, { kind, id }: TraceId, { tenantId, environment }: TraceOwner): string {
  const { path, id: name } = entityPath(kind === "session" ? "/sessions" : "/tasks", id);
  const owner = { [OWNER.tenant]: tenantId, [OWNER.environment]: environment };
  return there({ ...view, own: null }, path, { ...owner, id: name });
}

/** Two days around: a list of calls takes a period, and days are what its picker offers. */
const day = (ms: number) => new Date(ms).toJSON().slice(0, 10);

/** The list of calls of a session or task, over the days that it took. */
export function callsHref(
  view: View,
  { kind, id }: TraceId,
  { firstAt, endAt, tenantId, environment }: TraceOwner & Readonly<{ firstAt: Date; endAt: Date }>,
): string {
  return there({ ...view, own: null }, "/calls", {
    period: null,
    from: day(firstAt.getTime()),
    to: day(endAt.getTime() + 86_400_000),
    [`filter.${kind}`]: id,
    "filter.tenant": tenantId,
    "filter.environment": environment,
  });
}
