import type { FieldError } from "@/lib/ingest/schema";

/** What a record of a file is. */
export const FORMATS = ["calls", "message-batch", "litellm", "claude-code"] as const;
export type Format = (typeof FORMATS)[number];

/** Calls in one request to the server. */
export const BATCH_CALLS = 1_000;

/** How records follow each other in a file: one JSON text a line, one JSON document, or rows with a header. */
export type Container = "jsonl" | "json" | "csv";

/** A call in the shape of POST /api/v1/calls, not yet checked. */
export type CallObject = Readonly<Record<string, unknown>>;

/** Which column a field is read from, by the name in the header. */
export type Mapping = Readonly<Record<string, string>>;

/** Values for calls whose record does not tell them. */
export type Defaults = Readonly<{ tenant_id?: string; feature?: string; deploy_sha?: string }>;

export type ReadOptions = Readonly<{
  defaults: Defaults;
  /** For times without a zone: an IANA name such as `Europe/Berlin`. */
  zone: string;
  /** RFC 3339, for files that do not say when their calls were made. */
  at: string | null;
  /** RFC 3339: calls from then on come by another door, and are skipped. */
  before: string | null;
  /** Null: by the names of the header. */
  mapping: Mapping | null;
}>;

/** What the head of a file tells of it. */
export type Detected = Readonly<{
  format: Format;
  container: Container;
  /** The column names of a CSV; else empty. */
  header: readonly string[];
  /** What separates the cells of a CSV. */
  delimiter: string;
  /** The first cells of each column, to recognise it by. */
  samples: readonly (readonly string[])[];
}>;

/** A place between two records: bytes and lines before it, counted in the unpacked file. */
export type Position = Readonly<{ offset: number; line: number }>;
export const START: Position = { offset: 0, line: 0 };

export type ReadCall = Readonly<{ file: string; line: number; call: CallObject }>;
/** A record that cannot become a call, or that the server did not take. Holds names of fields and rules, nothing of the record. */
export type RefusedLine = Readonly<{
  file: string;
  line: number;
  request_id: string | null;
  errors: readonly FieldError[];
}>;

/** Some records of a file, in its order. */
export type ReadGroup = Readonly<{
  calls: readonly ReadCall[];
  refused: readonly RefusedLine[];
  /** Records that are no calls to import, counted by reason. */
  skipped: Readonly<Record<string, number>>;
  /** Where reading may begin again after this group; null where it may not. */
  next: Position | null;
}>;

/** What one record becomes. */
export type Outcome =
  | Readonly<{ call: CallObject }>
  | Readonly<{ skipped: string }>
  | Readonly<{ errors: readonly FieldError[]; request_id?: string | null }>;

/** A file that cannot be read on: the message names the file and the reason. What came before was read. */
export class UnreadableFile extends Error {}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text that says something; else undefined. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

/** Without the members that are undefined, so that a call only has what is known. */
export function compact(object: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
