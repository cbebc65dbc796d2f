"use client";

import { useParams } from "next/navigation";
import { DIMENSION_LABELS, readFilters } from "@/components/filters/url-state";
import { Logo } from "@/components/shell/mark";
import { formatDateTime } from "@/lib/format";
import { COMPARE_MODES, comparePeriod, formatPeriod, parsePeriod } from "@/lib/period";

/** What paper has instead of the bar: project, environment, period, comparison, filters, and when it was read. */
export function PrintHead({ params, now }: { params: string; now: Date }) {
  const { project } = useParams();
  const current = new URLSearchParams(params);
  const parsed = parsePeriod(current, now);
  const mode = COMPARE_MODES.find((known) => known === current.get("compare")) ?? "previous";
  const compare = parsed.ok ? comparePeriod(parsed.period, mode, now) : null;
  const filters = readFilters(current).map(
    ({ dimension, op, values }) =>
      `${DIMENSION_LABELS[dimension]} ${op === "is" ? "is" : "is not"} ${values.join(" or ")}`,
  );
  const facts = [
    `${project}, ${current.get("env") ?? "all environments"}`,
    parsed.ok && `${formatPeriod(parsed.period, now)} UTC`,
    compare && `against ${formatPeriod(compare, now)}`,
    ...filters,
    `as of ${formatDateTime(now)}`,
  ];
  return (
    <div className="hidden items-center justify-between gap-4 border-border border-b px-4 py-2 print:flex">
      <Logo />
      <p className="text-right text-note text-text-2">{facts.filter(Boolean).join(" · ")}</p>
    </div>
  );
}
