import type { ReactNode } from "react";
import { FilterBar } from "@/components/filters/filter-bar";
import { Main } from "@/components/shell/app-shell";
import { type Crumb, PageHeader } from "@/components/shell/page-header";
import { loadValues } from "../load-values";
import type { View } from "../view";
import { UnreadableLink } from "./unreadable-link";

/**
 * The frame of a page of reports: filter bar, header, then its panels. A URL with parameters that cannot be used shows
 * which and why instead of figures that nobody asked for.
 */
export function ReportPage({
  view,
  title,
  question,
  crumbs,
  actions,
  hasPeriod = true,
  hasCompare = hasPeriod,
  extra,
  children,
}: {
  view: View;
  title: ReactNode;
  question: ReactNode;
  crumbs?: readonly Crumb[];
  actions?: ReactNode;
  /** False where the page has a span of its own: neither period nor comparison is asked for. */
  hasPeriod?: boolean;
  /** False where nothing is compared. */
  hasCompare?: boolean;
  /** More in the filter bar. */
  extra?: ReactNode;
  children: ReactNode;
}) {
  return (
    <>
      <FilterBar
        now={view.now}
        loadValues={loadValues.bind(null, view.project)}
        hasPeriod={hasPeriod}
        hasCompare={hasCompare}
        extra={extra}
      />
      <Main>
        <PageHeader title={title} question={question} crumbs={crumbs} actions={actions} />
        {view.errors.length > 0 ? <UnreadableLink view={view} /> : children}
      </Main>
    </>
  );
}
