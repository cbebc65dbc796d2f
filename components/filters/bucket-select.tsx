"use client";

import { useUrl } from "@/components/filters/use-url";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { BUCKETS, type FineBucket } from "@/lib/period";

/** The width of a bar in time. Writes `bucket`; the choice that suits the period (`suggested`) leaves the URL clean. */
export function BucketSelect({ value, suggested }: { value: FineBucket; suggested: FineBucket }) {
  const { replace } = useUrl();
  return (
    <Select value={value} onValueChange={(next) => replace({ bucket: next === suggested ? null : next })}>
      <SelectTrigger size="small" aria-label="Bar width">
        <SelectValue>{value}</SelectValue>
      </SelectTrigger>
      <SelectContent>
        {(suggested === "minute" ? (["minute", ...BUCKETS] as const) : BUCKETS).map((bucket) => (
          <SelectItem key={bucket} value={bucket}>
            {bucket}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
