import { countsReadsInInput, type Field, isField, isOwnExport, kindOf, suggestMapping } from "@/lib/imports/columns";
import {
  type Defaults,
  type Detected,
  isObject,
  type Mapping,
  type Outcome,
  type ReadOptions,
} from "@/lib/imports/schema";
import { isZoneless, toRfc3339 } from "@/lib/imports/zoned-time";
import { parseUsd } from "@/lib/money";

/** How databases write that there is nothing: MySQL's `\N`, and NULL of many tools. */
const NOTHING = new Set(["", "\\N", "NULL", "null", "None"]);

/** An apostrophe that our own export puts before what a spreadsheet would run. */
const GUARD = /^'(?=[=+\-@\t\r\n＝＋－＠])/;

const MICRO_PICOS = 1_000_000;

type Context = Readonly<{ zone: string; isOwn: boolean }>;

/** Makes the function that turns a row into a call: by the mapping, or where there is none by the names of the columns. */
export function rowReader(header: readonly string[], { mapping, zone, defaults }: ReadOptions) {
  const context = { zone, isOwn: isOwnExport(header) };
  const notes = context.isOwn ? header.indexOf("pricing_notes") : -1;
  const named = mapping ?? suggestMapping(header);
  const isInclusive = countsReadsInInput(named);
  const columns = Object.entries(named).flatMap(([field, name]) =>
    isField(field) && header.includes(name) ? [{ field, at: header.indexOf(name) }] : [],
  );
  return (cells: readonly string[]): Outcome => {
    const call: Record<string, unknown> = {};
    for (const { field, at } of columns) {
      const cell = cells[at] ?? "";
      if (!NOTHING.has(cell.trim())) setField(call, field, cell, context);
    }
    if (isInclusive) takeReadsOut(call);
    if (context.isOwn) call.line = Number(cells[header.indexOf("line")]);
    if (cells[notes]?.includes("no_ttl_split")) call.cache_create_tokens = take(call, "cache_create_5m_tokens");
    return { call: withDefaults(call, defaults, "import/calls") };
  };
}

/** Leaves the fresh input; where it cannot hold the cached tokens, it is taken as fresh already. */
function takeReadsOut(call: Record<string, unknown>): void {
  const { input_tokens: input, cache_read_tokens: read } = call;
  if (typeof input !== "number" || typeof read !== "number") return;
  if (read <= input) call.input_tokens = input - read;
  call.usage_convention = read <= input ? "inclusive" : "inferred";
}

function take(call: Record<string, unknown>, field: string): unknown {
  const value = call[field];
  delete call[field];
  return value;
}

/** A call as it is sent: with the defaults where its record is silent, and the door that it came by. */
export function withDefaults(
  call: Readonly<Record<string, unknown>>,
  defaults: Defaults,
  source: string,
): Record<string, unknown> {
  const sent: Record<string, unknown> = { source, ...defaults };
  for (const name of Object.keys(call)) {
    const value = call[name];
    if (value !== undefined && value !== null && value !== "") sent[name] = value;
  }
  return sent;
}

function setField(call: Record<string, unknown>, field: Field, cell: string, { zone, isOwn }: Context): void {
  switch (kindOf(field)) {
    case "time":
      call[field] = toRfc3339(cell, zone);
      return;
    case "number":
      call[field] = toNumber(cell);
      return;
    case "ms": {
      const ms = toNumber(cell);
      call[field] = typeof ms === "number" ? Math.round(ms) : ms;
      return;
    }
    case "usage":
      call[field] = toUsage(cell);
      return;
    case "dollars":
      call.cost_usd_micros ??= toMicros(cell);
      return;
    default: {
      const text = isOwn ? cell.replace(GUARD, "") : cell;
      // What was sent decides the price again; the name that an alias gave it follows from it.
      if (field === "sent_model") call.model = text;
      else call[field] = text;
    }
  }
}

/** Whole numbers, also as `12.0`; anything else stays text, which the rule of the field refuses by name. */
function toNumber(cell: string): number | string {
  return /^\s*\d{1,15}(\.\d+)?\s*$/.test(cell) ? Number(cell) : cell;
}

function toMicros(cell: string): number | string {
  try {
    return Number(parseUsd(cell.trim().replace(/^\$/, ""))) / MICRO_PICOS;
  } catch {
    const value = Number(cell);
    return Number.isFinite(value) ? value * MICRO_PICOS : cell;
  }
}

function toUsage(cell: string): unknown {
  try {
    const value: unknown = JSON.parse(cell);
    return isObject(value) ? value : cell;
  } catch {
    return cell;
  }
}

/** The columns that a file lacks for calls to be stored, by the names of their fields. */
export function missingFields(mapping: Mapping, defaults: Defaults, required: readonly Field[]): readonly Field[] {
  return required.filter((field) => !(field in mapping) && !(field in defaults));
}

/** Whether the times of a CSV are without a zone, as far as its first rows show. */
export function hasZonelessTimes({ header, samples, format }: Detected, { mapping }: ReadOptions): boolean {
  const column = format === "litellm" ? "startTime" : mapping?.occurred_at;
  return (samples[header.indexOf(column ?? "")] ?? []).some(isZoneless);
}
