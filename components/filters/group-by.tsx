"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { DIMENSION_LABELS, hrefWith } from "@/components/filters/url-state";
import { Segmented } from "@/components/ui/segmented";
import type { Dimension } from "@/lib/reports/schema";

/** The grouping of a panel as a segmented control of links; the first is the default and leaves the URL clean. */
export function GroupBy({
  options,
  value,
  param = "group",
}: {
  options: readonly Dimension[];
  value: Dimension;
  /** The parameter it writes, where a page has two groupings. */
  param?: string;
}) {
  const pathname = usePathname();
  const params = useSearchParams().toString();
  return (
    <Segmented
      label="Group by"
      value={value}
      options={options.map((option, index) => ({
        value: option,
        label: DIMENSION_LABELS[option],
        href: hrefWith(pathname, params, { [param]: index === 0 ? null : option }),
      }))}
    />
  );
}
