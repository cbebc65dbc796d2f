import { type CheckContext, checkCall } from "@/lib/ingest/check-call";
import { callSchema, type FieldError } from "@/lib/ingest/schema";
import type { IgnoredReason, Reading } from "@/lib/mapping/drafted-call";
import { toDecimalUsd } from "@/lib/money";
import { type DescribedLine, describeLine } from "@/lib/pricing/estimate-lines";

/** A field of the call, as text, and the attribute that it came from; null for what the door itself adds. */
export type TriedField = Readonly<{ field: string; value: string; origin: string | null }>;

export type Judged =
  | Readonly<{ outcome: "ignored"; reason: IgnoredReason }>
  | Readonly<{ outcome: "refused"; fields: readonly TriedField[]; errors: readonly FieldError[] }>
  | Readonly<{
      outcome: "call";
      fields: readonly TriedField[];
      contradiction: string | null;
      /** Fields that it would be taken without. */
      leftOut: readonly FieldError[];
      /** Exact decimal of dollars; null when a part of it has no price. */
      costUsd: string | null;
      lines: readonly DescribedLine[];
    }>;

/** In the order in which the API names them. */
const FIELDS = Object.keys(callSchema.shape);
const MAX_SHOWN = 200;

/** Checks and prices what a door has read, as ingest does, without storing it. */
export function judge(reading: Reading, context: CheckContext): Judged {
  if (reading.kind === "ignored") return { outcome: "ignored", reason: reading.reason };
  const fields = FIELDS.filter((field) => reading.call[field] !== undefined && reading.call[field] !== null).map(
    (field) => ({
      field,
      value: toText(reading.call[field]),
      origin: reading.origins[field] === null ? "fallback" : (reading.origins[field] ?? null),
    }),
  );
  const checked = checkCall(reading.call, context);
  if (!checked.ok) return { outcome: "refused", fields, errors: checked.errors };
  const { lines } = checked;
  const costs = lines.map(({ costUsdPicos }) => costUsdPicos);
  const isKnown = costs.every((cost) => cost !== null);
  return {
    outcome: "call",
    fields,
    contradiction: reading.contradiction,
    leftOut: reading.leftOut,
    costUsd: isKnown ? toDecimalUsd(costs.reduce((sum: bigint, cost) => sum + (cost ?? 0n), 0n)) : null,
    lines: lines.map((line) => describeLine(line, context.prices)),
  };
}

function toText(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
