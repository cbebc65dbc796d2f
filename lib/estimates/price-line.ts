import { pricedCallSchema } from "@/lib/estimates/schema";
import { priceInput } from "@/lib/ingest/check-call";
import { checkItem } from "@/lib/ingest/check-item";
import { type FieldError, MAX_DEPTH } from "@/lib/ingest/schema";
import { JsonError, parseJson } from "@/lib/json";
import type { Prices } from "@/lib/pricing/contract";
import type { PricedLine } from "@/lib/pricing/schema";

/** A line of a JSONL as a priced call. */
export type PricedEntry = Readonly<{
  tenant: string | null;
  feature: string | null;
  /** One for each model; empty for an entry of a batch that was not billed. */
  lines: readonly PricedLine[];
}>;

export type ReadEntry =
  | Readonly<{ ok: true; entry: PricedEntry }>
  | Readonly<{ ok: false; errors: readonly FieldError[] }>;

export type EntryContext = Readonly<{
  prices: Prices;
  /** Prices every line as of this day; null: as of its own `occurred_at`. */
  on: Date | null;
  /** For lines that say no time. */
  now: Date;
}>;

type JsonObject = Readonly<Record<string, unknown>>;

const NOT_BILLED: ReadEntry = { ok: true, entry: { tenant: null, feature: null, lines: [] } };

/**
 * Reads one line and prices it as ingest would. Accepted: a call of POST /api/v1/calls (time, tenant and feature may be
 * absent), `{model, usage}`, a provider's response, and a line of a batch's results (Anthropic, OpenAI).
 * @returns the priced call, or every broken rule with its path.
 */
export function priceEntry(text: string, { prices, on, now }: EntryContext): ReadEntry {
  const read = readJson(text);
  if (!read.ok) return read;
  const unwrapped = unwrap(read.value);
  if (unwrapped === null) return NOT_BILLED;
  const checked = checkItem(pricedCallSchema, unwrapped);
  if (!checked.ok) return checked;
  const call = checked.item;
  const priced = priceInput(call, on ?? call.occurred_at ?? now, prices);
  if (!priced.ok) return priced;
  const { lines } = priced;
  return { ok: true, entry: { tenant: call.tenant_id ?? null, feature: call.feature ?? null, lines } };
}

function readJson(text: string): Readonly<{ ok: true; value: unknown }> | Extract<ReadEntry, { ok: false }> {
  try {
    const { value, duplicateKeys } = parseJson(text, MAX_DEPTH);
    if (duplicateKeys.length === 0) return { ok: true, value };
    return refused(
      ...duplicateKeys.map((path) => ({ path: path.join("."), message: "occurs more than once in its object" })),
    );
  } catch (error) {
    if (error instanceof JsonError) return refused({ path: "", message: `is ${error.message}` });
    throw error;
  }
}

function refused(...errors: FieldError[]): Extract<ReadEntry, { ok: false }> {
  return { ok: false, errors };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The call inside of what providers write; null where a batch says that it came to nothing, which is not billed. */
function unwrap(value: unknown): unknown {
  if (!isObject(value)) return value;
  const { result, response } = value;
  if (isObject(result) && "custom_id" in value) {
    return result.type === "succeeded" ? inBatch(result.message, 200) : null;
  }
  if ("custom_id" in value && "response" in value) {
    return isObject(response) ? inBatch(response.body, response.status_code) : null;
  }
  if (isObject(value.usageMetadata)) return { model: value.modelVersion, ...value, usage: value.usageMetadata };
  return value;
}

/** A batch is known by the file that it came in: its messages do not always say so. */
function inBatch(message: unknown, status: unknown): unknown {
  return isObject(message) ? { ...message, status_code: status, service_tier: "batch" } : message;
}
