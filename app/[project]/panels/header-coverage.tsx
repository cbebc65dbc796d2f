import { Suspense } from "react";
import { CoverageLine } from "@/components/shell/coverage-note";
import { requireProject } from "@/lib/auth/require-user";
import type { Scope } from "@/lib/auth/scope";
import type { Period } from "@/lib/period";
import { countDroppedCalls } from "@/lib/reports/dropped-calls";
import { runReport } from "@/lib/reports/registry";
import type { Coverage, ReportQuery } from "@/lib/reports/schema";
import { inboxHref, sourcesHref, type View } from "../view";

/** What the figures of a page leave out; `droppedCalls` is null for somebody who may not know. */
export type Covered = Readonly<{ coverage: Coverage; period: Period; droppedCalls: bigint | null }>;

/** Reads what the figures of a page cover; null where there is nothing to cover. */
export type ReadCoverage = (scope: Scope, view: View) => Promise<Covered | null>;

/** What share of a page's calls and tokens has a price, in its header. A figure that cannot be read leaves the page alone. */
export function HeaderCoverage({ view, read = readCoverage }: { view: View; read?: ReadCoverage }) {
  return (
    <Suspense fallback="Counting what is priced">
      <Line view={view} read={read} />
    </Suspense>
  );
}

async function Line({ view, read }: { view: View; read: ReadCoverage }) {
  const { scope } = await requireProject(view.project);
  const covered = await read(scope, view).catch(() => "unreadable" as const);
  if (covered === "unreadable") return "What is priced could not be read";
  if (!covered) return "No calls to price";
  const { coverage, period, droppedCalls } = covered;
  return (
    <CoverageLine
      coverage={coverage}
      inboxHref={inboxHref(view)}
      droppedCalls={droppedCalls ?? 0n}
      sourcesHref={sourcesHref(view, period)}
    />
  );
}

/** The coverage of the page's period and filters, or of what a page asks instead. */
export async function readCoverage(scope: Scope, view: View, asked: Partial<ReportQuery> = {}): Promise<Covered> {
  const query = { ...view.query, compare: null, bucket: null, sort: null, measures: ["calls"], ...asked };
  const { period, filters } = query;
  const [{ coverage }, droppedCalls] = await Promise.all([
    runReport(scope, "usage-summary", query),
    countDroppedCalls(scope, period, filters),
  ]);
  return { coverage, period, droppedCalls };
}
