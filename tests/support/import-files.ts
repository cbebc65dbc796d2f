import { expect } from "vitest";
import { priceEntry } from "@/lib/estimates/price-line";
import { detectFormat } from "@/lib/imports/detect-format";
import { readCalls } from "@/lib/imports/read-calls";
import {
  type CallObject,
  type Defaults,
  type Format,
  type Mapping,
  type Position,
  type RefusedLine,
  START,
} from "@/lib/imports/schema";
import type { ImportSource } from "@/lib/imports/source";
import { callSchema } from "@/lib/ingest/schema";
import { LIST_PRICES } from "@/lib/pricing/contract";

/** A file in memory that arrives in chunks of a size that cuts records and characters. */
export function fileOf(name: string, content: string | Uint8Array, chunkBytes = 7): ImportSource {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const open = async function* (from: number) {
    for (let at = from; at < bytes.byteLength; at += chunkBytes) yield bytes.slice(at, at + chunkBytes);
  };
  return { name, size: bytes.byteLength, open };
}

type Asked = {
  format?: Format;
  defaults?: Defaults;
  zone?: string;
  at?: string;
  before?: string;
  mapping?: Mapping;
  from?: Position;
  now?: Date;
};

export type ReadAll = {
  format: Format;
  calls: (CallObject & { line: number })[];
  refused: RefusedLine[];
  skipped: Record<string, number>;
  positions: Position[];
  error: unknown;
};

/** Everything that files become, in one list; what ends the reading early is `error`. */
export async function readAll(files: ImportSource | readonly ImportSource[], asked: Asked = {}): Promise<ReadAll> {
  const sources = "open" in files ? [files] : files;
  const [first] = sources;
  if (!first) throw new Error("no file");
  const detected = await detectFormat(first, asked.format ?? null);
  const all: ReadAll = { format: detected.format, calls: [], refused: [], skipped: {}, positions: [], error: null };
  const {
    defaults = {},
    zone = "UTC",
    at = null,
    before = null,
    mapping = null,
    from = START,
    now = new Date(),
  } = asked;
  const options = { defaults, zone, at, before, mapping };
  const request = { sources, detected, options, from, onRead: () => undefined, now };
  try {
    for await (const group of readCalls(request)) {
      all.calls.push(...group.calls.map(({ line, call }) => ({ line, ...call })));
      all.refused.push(...group.refused);
      for (const [reason, n] of Object.entries(group.skipped)) all.skipped[reason] = (all.skipped[reason] ?? 0) + n;
      if (group.next) all.positions.push(group.next);
    }
  } catch (error) {
    all.error = error;
  }
  return all;
}

/** What the calls cost by the list, in picodollars; each must be one that the server takes. */
export function costs(calls: readonly CallObject[]): (bigint | null)[] {
  return calls.map((call) => {
    const checked = callSchema.safeParse(call);
    expect(checked.error?.issues ?? []).toEqual([]);
    const read = priceEntry(JSON.stringify(call), { prices: LIST_PRICES, on: null, now: new Date() });
    if (!read.ok) throw new Error(JSON.stringify(read.errors));
    return read.entry.lines.reduce<bigint | null>(
      (sum, { costUsdPicos }) => (sum === null || costUsdPicos === null ? null : sum + costUsdPicos),
      0n,
    );
  });
}

/** JSON lines of values. */
export function jsonl(...lines: readonly unknown[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}
