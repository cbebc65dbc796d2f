import type { ComponentProps, ReactNode } from "react";
import { FilterBar } from "@/components/filters/filter-bar";
import { Main } from "@/components/shell/app-shell";
import { PageHeader } from "@/components/shell/page-header";
import { loadValues } from "../load-values";
import type { View } from "../view";
import { HeaderCoverage, type ReadCoverage } from "./header-coverage";
import { UnreadableLink } from "./unreadable-link";

type BarProps = Pick<ComponentProps<typeof FilterBar>, "hasPeriod" | "hasCompare" | "own" | "extra">;
type Props = ComponentProps<typeof PageHeader> &
  BarProps & {
    view: View;
    /** What the page's figures cover, where that is not what its period and filters say. */
    coverage?: ReadCoverage;
    children: ReactNode;
  };

/**
 * The frame of a page of reports: filter bar, header with what is priced, then its panels. A URL with parameters that cannot be used shows
 * which and why instead of figures that nobody asked for.
 */
export function ReportPage({
  view,
  hasPeriod = true,
  hasCompare = hasPeriod,
  own,
  extra,
  coverage,
  children,
  ...header
}: Props) {
  const isUnreadable = view.errors.length > 0;
  return (
    <>
      <FilterBar
        now={view.now}
        loadValues={loadValues.bind(null, view.project)}
        hasPeriod={hasPeriod}
        hasCompare={hasCompare}
        own={own}
        extra={extra}
      />
      <Main>
        <PageHeader {...header} note={!isUnreadable && <HeaderCoverage view={view} read={coverage} />} />
        {isUnreadable ? <UnreadableLink view={view} /> : children}
      </Main>
    </>
  );
}
