"use client";

import { type OwnFilter, rangeParam, type SetFilter, valueParam } from "@/components/filters/own-filters";
import { RangeForm } from "@/components/filters/range-form";
import type { ParamChanges } from "@/components/filters/url-state";
import { ValueList } from "@/components/filters/value-list";

/** Edits a filter that only this page has: its values, or its bound. */
export function OwnEditor({
  filter,
  set,
  onApply,
}: {
  filter: OwnFilter;
  /** What the address says of it; null for a new one. */
  set: SetFilter | null;
  onApply: (changes: ParamChanges) => void;
}) {
  if (filter.kind === "range") {
    return (
      <RangeForm
        filter={filter}
        bound={set?.kind === "range" ? set.bound : "min"}
        value={set?.kind === "range" ? set.value : ""}
        onApply={(bound, value) => onApply({ [rangeParam(filter, bound)]: value })}
      />
    );
  }
  return (
    <ValueList
      name={filter.key}
      label={filter.label}
      op={set?.kind === "value" ? set.op : "is"}
      values={set?.kind === "value" ? set.values : []}
      offered={filter.values}
      words={filter.words}
      onApply={(op, values) => onApply({ [valueParam(filter, op)]: values })}
    />
  );
}
