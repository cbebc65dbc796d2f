"use client";

import type { LoadValues } from "@/components/filters/filter-bar";
import { FilterChip } from "@/components/filters/filter-chip";
import { DIMENSION_LABELS, filterParam, readFilters } from "@/components/filters/url-state";
import { useUrl } from "@/components/filters/use-url";
import { ValueList } from "@/components/filters/value-list";
import { formatSha } from "@/lib/format";
import type { Filter } from "@/lib/reports/schema";

/** One chip a filter of the URL. */
export function FilterChips({ params, loadValues }: { params: string; loadValues: LoadValues }) {
  return readFilters(new URLSearchParams(params)).map((filter) => (
    <Chip key={filterParam(filter.dimension, filter.op)} filter={filter} loadValues={loadValues} />
  ));
}

function summarize({ dimension, op, values }: Filter): string {
  const shown = dimension === "deploy" ? values.map(formatSha) : values;
  const text = shown.length === 1 ? (shown[0] ?? "") : `${shown.length} ${DIMENSION_LABELS[dimension]}s`;
  return op === "is" ? text : `is not ${text}`;
}

function Chip({ filter, loadValues }: { filter: Filter; loadValues: LoadValues }) {
  const { replace } = useUrl();
  const { dimension, op, values } = filter;
  const label = DIMENSION_LABELS[dimension];
  return (
    <FilterChip
      label={label}
      text={summarize(filter)}
      title={values.join(", ")}
      onRemove={() => replace({ [filterParam(dimension, op)]: null })}
    >
      {(close) => (
        <ValueList
          name={dimension}
          label={label}
          op={op}
          values={values}
          load={() => loadValues(dimension)}
          onApply={(nextOp, nextValues) => {
            close();
            replace({ [filterParam(dimension, op)]: null, [filterParam(dimension, nextOp)]: nextValues });
          }}
        />
      )}
    </FilterChip>
  );
}
