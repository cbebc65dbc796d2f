"use client";

import { FilterChip } from "@/components/filters/filter-chip";
import { OwnEditor } from "@/components/filters/own-editor";
import { describeOwn, type OwnFilter, readOwnFilters } from "@/components/filters/own-filters";
import { useUrl } from "@/components/filters/use-url";

/** One chip a filter that only this page has. */
export function OwnChips({ params, own }: { params: string; own: readonly OwnFilter[] }) {
  const { replace } = useUrl();
  return readOwnFilters(new URLSearchParams(params), own).map((set) => (
    <FilterChip
      key={set.param}
      label={set.filter.label}
      text={describeOwn(set)}
      title={set.kind === "value" ? set.values.join(", ") : describeOwn(set)}
      onRemove={() => replace({ [set.param]: null })}
    >
      {(close) => (
        <OwnEditor
          filter={set.filter}
          set={set}
          onApply={(changes) => {
            close();
            replace({ [set.param]: null, ...changes });
          }}
        />
      )}
    </FilterChip>
  ));
}
