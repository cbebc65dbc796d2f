import { cache } from "react";
import type { Scope } from "@/lib/auth/scope";
import { addSums, coverageOf, summarizeCalls } from "@/lib/calls/summarize";
import { countDroppedCalls } from "@/lib/reports/dropped-calls";
import {
  listTraces,
  MOST_TRACED,
  readTracedCalls,
  type Trace,
  type TracedCall,
  type TraceId,
} from "@/lib/sessions/read-trace";
import type { Covered } from "../panels/header-coverage";
import type { View } from "../view";
import { ownerFilters } from "./trace-links";

/** Calls of one page of a session or task. */
export const CALLS_A_PAGE = 100;

/** A session or task of the page: whose it may be, and the one that is meant where there is but one. */
export type FoundTrace = Readonly<{ traces: readonly Trace[]; trace: Trace | null }>;

/** Whose session or task it is, among what the page's filters let through. Once a request. */
export const findTrace = cache(
  async (scope: Scope, view: View, kind: TraceId["kind"], id: string): Promise<FoundTrace> => {
    const traces = await listTraces(scope, { kind, id }, [...view.query.filters, ...ownerFilters(view)]);
    return { traces, trace: traces.length === 1 ? (traces[0] ?? null) : null };
  },
);

/** The page of its calls that the address asks for, 1 for the first. Of very many calls there are pages of the first alone. */
export function pageOf(view: View, trace: Trace): Readonly<{ page: number; pages: number }> {
  const pages = Math.max(1, Math.ceil(Math.min(trace.lines, MOST_TRACED) / CALLS_A_PAGE));
  const asked = Number(view.params.get("page") ?? "1");
  return { page: Number.isInteger(asked) ? Math.min(pages, Math.max(1, asked)) : 1, pages };
}

/** That page of calls, the first first. Once a request. */
export const readCalls = cache(
  (scope: Scope, view: View, { kind, id }: TraceId, trace: Trace): Promise<readonly TracedCall[]> => {
    const offset = (pageOf(view, trace).page - 1) * CALLS_A_PAGE;
    return readTracedCalls(scope, { kind, id }, trace, view.query.filters, { offset, limit: CALLS_A_PAGE });
  },
);

/** What the figures of a session or task cover; null where it is not known whose is meant. */
export async function readTraceCoverage(scope: Scope, view: View, { kind, id }: TraceId): Promise<Covered | null> {
  const { trace } = await findTrace(scope, view, kind, id);
  if (!trace) return null;
  const period = { from: trace.firstAt, to: new Date(trace.endAt.getTime() + 1) };
  const own = [
    { dimension: kind, op: "is", values: [id] },
    { dimension: "tenant", op: "is", values: [trace.tenantId] },
    { dimension: "environment", op: "is", values: [trace.environment] },
  ] as const;
  const [buckets, droppedCalls] = await Promise.all([
    summarizeCalls(scope, { period, filters: [...view.query.filters, ...own] }, "month"),
    countDroppedCalls(scope, period, [...view.query.filters, ...ownerFilters(view)]),
  ]);
  return { coverage: coverageOf(addSums(buckets)), period, droppedCalls };
}
