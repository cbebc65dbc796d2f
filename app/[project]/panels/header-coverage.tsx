import { Suspense } from "react";
import { CoverageLine } from "@/components/shell/coverage-note";
import { requireProject } from "@/lib/auth/require-user";
import type { Scope } from "@/lib/auth/scope";
import { runReport } from "@/lib/reports/registry";
import type { Coverage, ReportQuery } from "@/lib/reports/schema";
import { inboxHref, type View } from "../view";

/** Reads what the figures of a page cover; null where there is nothing to cover. */
export type ReadCoverage = (scope: Scope, view: View) => Promise<Coverage | null>;

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
  const coverage = await read(scope, view).catch(() => "unreadable" as const);
  if (coverage === "unreadable") return "What is priced could not be read";
  return coverage ? <CoverageLine coverage={coverage} inboxHref={inboxHref(view)} /> : "No calls to price";
}

/** The coverage of the page's period and filters, or of what a page asks instead. */
export async function readCoverage(scope: Scope, view: View, asked: Partial<ReportQuery> = {}): Promise<Coverage> {
  const query = { ...view.query, compare: null, bucket: null, sort: null, measures: ["calls"], ...asked };
  return (await runReport(scope, "usage-summary", query)).coverage;
}
