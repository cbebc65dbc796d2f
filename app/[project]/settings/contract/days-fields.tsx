"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { FieldErrors } from "@/lib/auth/schema";
import type { StoredOverride } from "@/lib/pricing/contract-schema";
import { lastDayOf } from "@/lib/pricing/contract-words";

/** Days and note, which every override has. */
export function DaysFields({ start, errors }: { start: StoredOverride; errors: FieldErrors }) {
  return (
    <>
      <div className="grid grid-cols-2 items-start gap-x-3">
        <Field label="First day" hint="UTC" error={errors.from}>
          <Input type="date" name="from" defaultValue={start.from} />
        </Field>
        <LastDayField value={lastDayOf(start)} error={errors.to} />
      </div>
      <Field label="Note" hint="Where it is agreed, such as a contract number" error={errors.note} className="mb-0">
        <Input name="note" defaultValue={start.note} autoComplete="off" />
      </Field>
    </>
  );
}

export function LastDayField({ value, error }: { value: string | null; error: string | undefined }) {
  return (
    <Field label="Last day" hint="Empty: it has no end" error={error}>
      <Input type="date" name="last" defaultValue={value ?? ""} />
    </Field>
  );
}
