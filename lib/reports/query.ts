import { STEP_METRICS } from "@/lib/deploys/bisect";
import {
  BUCKETS,
  type Bucket,
  COMPARE_MODES,
  comparePeriod,
  type FieldError,
  type Period,
  parsePeriod,
} from "@/lib/period";
import { MEASURES } from "./catalogue";
import {
  DEPLOY_WINDOWS,
  type DeployWindow,
  DIMENSIONS,
  type Dimension,
  type Filter,
  REPORT_OPTIONS,
  type ReportOption,
  type ReportQuery,
} from "./schema";
import { parseSortKey } from "./sort";

export type ParsedQuery =
  | Readonly<{ ok: true; query: ReportQuery }>
  | Readonly<{ ok: false; errors: readonly FieldError[] }>;

export const DEFAULT_LIMIT = 1000;
export const MAX_LIMIT = 100_000;
const MAX_FILTER_VALUES = 200;
const MAX_VALUE_LENGTH = 200;
const MAX_BUCKETS = 5000;
const BUCKET_HOURS: Readonly<Record<Bucket, number>> = { hour: 1, day: 24, week: 168, month: 720 };

const OPTIONS = Object.keys(REPORT_OPTIONS) as ReportOption[];
const PARAMETERS = new Set([
  ..."period from to compare env group group_by bucket sort limit measures window against metric format".split(" "),
  ...OPTIONS,
]);

/** The search parameters of a Next page as URLSearchParams. */
export function toSearchParams(record: Readonly<Record<string, string | string[] | undefined>>): URLSearchParams {
  const entries = Object.entries(record).flatMap(([key, value]) => [value ?? []].flat().map((one) => [key, one]));
  return new URLSearchParams(entries);
}

/** Names in URLs may carry the unit that JSON and CSV spell out: `cost_usd` is `cost`. */
const withoutUnit = (key: string) => key.replace(/_usd$/, "");

const oneOf = (known: Iterable<string>) => `must be one of ${[...known].join(", ")}`;

/** Collects what cannot be used instead of stopping at the first. */
class Reader {
  readonly errors: FieldError[] = [];
  constructor(readonly params: URLSearchParams) {}

  fail(path: string, message: string): void {
    this.errors.push({ path, message });
  }

  list(...names: readonly string[]): readonly string[] {
    const values = names.flatMap((name) => this.params.getAll(name)).flatMap((value) => value.split(","));
    return [...new Set(values.filter((value) => value !== ""))];
  }

  choice<T extends string>(name: string, known: readonly T[]): T | null {
    const value = this.params.get(name);
    if (!value) return null;
    const found = known.find((one) => one === value);
    if (found === undefined) this.fail(name, oneOf(known));
    return found ?? null;
  }

  filter(path: string, dimension: string, op: Filter["op"], values: readonly string[]): Filter | null {
    const known = DIMENSIONS.find((name) => name === dimension);
    if (!known) this.fail(path, `${oneOf(DIMENSIONS)} after the point`);
    if (values.length > MAX_FILTER_VALUES) this.fail(path, `may be given at most ${MAX_FILTER_VALUES} times`);
    if (values.some((value) => value.length < 1 || value.length > MAX_VALUE_LENGTH || value.includes("\0"))) {
      this.fail(path, `must be 1 to ${MAX_VALUE_LENGTH} characters, without NUL`);
    }
    if (known === "attempt" && values.some((value) => value !== "first" && value !== "retry")) {
      this.fail(path, oneOf(["first", "retry"]));
    }
    return known ? { dimension: known, op, values } : null;
  }

  filters(): readonly Filter[] {
    const env = this.params.getAll("env").filter((value) => value !== "");
    const found = env.length > 0 ? [this.filter("env", "environment", "is", env)] : [];
    for (const path of new Set(this.params.keys())) {
      const [, op, dimension] = /^(filter|not)\.(.*)$/s.exec(path) ?? [];
      if (op === undefined || dimension === undefined) continue;
      found.push(this.filter(path, dimension, op === "filter" ? "is" : "is_not", this.params.getAll(path)));
    }
    return found.filter((one) => one !== null);
  }

  groupBy(): readonly Dimension[] {
    const path = this.params.has("group") ? "group" : "group_by";
    const asked = this.list("group", "group_by");
    const known = asked.flatMap((name) => DIMENSIONS.find((one) => one === name) ?? []);
    if (known.length < asked.length) this.fail(path, oneOf(DIMENSIONS));
    return known;
  }

  measures(): readonly string[] {
    const asked = this.list("measures");
    const known = asked.flatMap((name) => MEASURES.find((one) => one === name || one === withoutUnit(name)) ?? []);
    if (known.length < asked.length) this.fail("measures", oneOf(MEASURES));
    return [...new Set(known)];
  }

  sort(): ReportQuery["sort"] {
    const text = this.params.get("sort");
    if (!text) return null;
    const dir = text.startsWith("-") ? "desc" : "asc";
    const asked = text.replace(/^-/, "");
    const key = [asked, withoutUnit(asked)].find((name) => parseSortKey(name));
    if (key === undefined)
      this.fail("sort", "must be a dimension, bucket or a measure; a minus in front for descending");
    return key === undefined ? null : { key, dir };
  }

  wholeNumber(name: string, min: number, max: number): number | null {
    const text = this.params.get(name);
    if (!text) return null;
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max)) this.fail(name, `must be a whole number from ${min} to ${max}`);
    return value;
  }

  text(name: string, max: number): string | null {
    const text = this.params.get(name);
    if (!text) return null;
    if (text.length > max || text.includes("\0")) this.fail(name, `must be 1 to ${max} characters, without NUL`);
    return text;
  }

  options(): Readonly<Partial<Record<ReportOption, number>>> {
    const asked = OPTIONS.map((name) => {
      const { min, max } = REPORT_OPTIONS[name];
      return [name, this.wholeNumber(name, min, max)] as const;
    });
    return Object.fromEntries(asked.filter(([, value]) => value !== null));
  }

  bucket(period: Period): Bucket | null {
    const bucket = this.choice("bucket", BUCKETS);
    const hours = (period.to.getTime() - period.from.getTime()) / 3_600_000;
    if (bucket && hours / BUCKET_HOURS[bucket] > MAX_BUCKETS) {
      this.fail("bucket", `would cut the period into more than ${MAX_BUCKETS} pieces; take a longer bucket`);
    }
    return bucket;
  }
}

/**
 * Reads a question from URL parameters: the one place, for pages, JSON and CSV alike.
 * @param strict refuse parameters that are not ours, so that a misspelt filter does not widen an answer unnoticed.
 * @returns the query, or every parameter that cannot be used with the rule it breaks.
 */
export function parseReportQuery(params: URLSearchParams, now: Date, strict = false): ParsedQuery {
  const reader = new Reader(params);
  if (strict) {
    for (const name of new Set(params.keys())) {
      if (!PARAMETERS.has(name) && !/^(filter|not)\./.test(name)) reader.fail(name, "is not a parameter of reports");
    }
  }
  const parsed = parsePeriod(params, now);
  if (!parsed.ok) reader.errors.push(...parsed.errors);
  const mode = reader.choice("compare", COMPARE_MODES) ?? "previous";
  const [filters, groupBy, measures, sort, limit] = [
    reader.filters(),
    reader.groupBy(),
    reader.measures(),
    reader.sort(),
    reader.wholeNumber("limit", 1, MAX_LIMIT) ?? DEFAULT_LIMIT,
  ];
  const options = reader.options();
  const bucket = parsed.ok ? reader.bucket(parsed.period) : null;
  const window = reader.choice("window", Object.keys(DEPLOY_WINDOWS) as DeployWindow[]);
  const against = reader.text("against", MAX_VALUE_LENGTH);
  const metric = reader.choice("metric", STEP_METRICS);
  if (!parsed.ok || reader.errors.length > 0) return { ok: false, errors: reader.errors };
  const { period } = parsed;
  const compare = comparePeriod(period, mode, now);
  const query = { period, compare, bucket, groupBy, measures, filters, sort, limit, options };
  const deploys = { ...(window && { window }), ...(against && { against }), ...(metric && { metric }) };
  return { ok: true, query: { ...query, ...deploys } };
}
