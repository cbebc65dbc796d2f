"use client";

import { Link as LinkIcon } from "lucide-react";
import { useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { AddFilter } from "@/components/filters/add-filter";
import { ComparePicker } from "@/components/filters/compare-picker";
import { FilterChips } from "@/components/filters/filter-chips";
import { OwnChips } from "@/components/filters/own-chips";
import type { OwnFilter } from "@/components/filters/own-filters";
import { PeriodPicker } from "@/components/filters/period-picker";
import { PrintHead } from "@/components/filters/print-head";
import { copyLink } from "@/components/shell/copy-link";
import { Button } from "@/components/ui/button";
import { formatTime } from "@/lib/format";
import type { Dimension } from "@/lib/reports/schema";

/** A server action: the values a dimension has, dearest first. Fails loudly; the bar says so. */
export type LoadValues = (dimension: Dimension) => Promise<readonly string[]>;

/**
 * The bar under the top of a report page: period, comparison, filters, "as of", copy link. Writes the URL and nothing else.
 * `now` is the moment the page was made; `hasPeriod={false}` and `hasCompare={false}` where a page has a span of its own or compares nothing;
 * `own` are filters that only this page has; `extra` stands after the filters.
 */
export function FilterBar({
  now,
  loadValues,
  hasPeriod = true,
  hasCompare = true,
  own = [],
  extra,
}: {
  now: Date;
  loadValues: LoadValues;
  hasPeriod?: boolean;
  hasCompare?: boolean;
  own?: readonly OwnFilter[];
  extra?: ReactNode;
}) {
  const params = useSearchParams().toString();
  return (
    <>
      <PrintHead params={params} now={now} />
      <section
        aria-label="Period and filters"
        data-print="hide"
        className="sticky top-0 z-10 flex h-12 items-center gap-1.5 border-border border-b bg-[color-mix(in_srgb,var(--background)_92%,transparent)] px-6 backdrop-blur-sm max-phone:static max-phone:h-14 max-phone:gap-2 max-phone:overflow-x-auto max-phone:px-4 max-phone:[scrollbar-width:none]"
      >
        {hasPeriod && <PeriodPicker params={params} now={now} />}
        {hasCompare && <ComparePicker params={params} now={now} />}
        {(hasPeriod || hasCompare) && <span aria-hidden className="mx-1 h-[18px] w-px shrink-0 bg-border-strong" />}
        <FilterChips params={params} loadValues={loadValues} />
        <OwnChips params={params} own={own} />
        <AddFilter params={params} loadValues={loadValues} own={own} />
        {extra}
        <span className="flex-1 max-phone:hidden" />
        <span className="whitespace-nowrap text-muted-foreground text-note">as of {formatTime(now)} UTC</span>
        <Button variant="ghost" size="icon" aria-label="Copy link" onClick={copyLink}>
          <LinkIcon />
        </Button>
      </section>
    </>
  );
}
