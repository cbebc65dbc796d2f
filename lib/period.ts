const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The spans that have a name. Those that run end with the running hour or day, so that they are whole buckets. */
export const PERIOD_PRESETS = [
  { key: "today", label: "Today" },
  { key: "24h", label: "Last 24 hours" },
  { key: "7d", label: "Last 7 days" },
  { key: "28d", label: "Last 28 days" },
  { key: "90d", label: "Last 90 days" },
  { key: "mtd", label: "Month to date" },
  { key: "last-month", label: "Last month" },
] as const;
export type PeriodPreset = (typeof PERIOD_PRESETS)[number]["key"];
export const DEFAULT_PRESET: PeriodPreset = "28d";

/** A half-open span of time, UTC: `from` belongs to it, `to` does not. `preset` when it was asked for by name. */
export type Period = Readonly<{ from: Date; to: Date; preset?: PeriodPreset }>;

export const BUCKETS = ["hour", "day", "week", "month"] as const;
export type Bucket = (typeof BUCKETS)[number];
/** What a chart of a few hours is cut into beside: nothing that an address can ask for. */
export type FineBucket = Bucket | "minute";

export const COMPARE_MODES = ["previous", "year", "none"] as const;
export type CompareMode = (typeof COMPARE_MODES)[number];

/** A parameter that cannot be used: which, and the rule it breaks. */
export type FieldError = Readonly<{ path: string; message: string }>;
export type ParsedPeriod =
  | Readonly<{ ok: true; period: Period }>
  | Readonly<{ ok: false; errors: readonly FieldError[] }>;

const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);
const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:\d{2})?)?$/;

const at = (ms: number): Date => new Date(ms);

export function startOfMinute(time: Date): Date {
  return at(Math.floor(time.getTime() / MINUTE) * MINUTE);
}

/** Start of the bucket that holds `time`; weeks start on Monday, all of it UTC. */
export function startOfBucket(time: Date, bucket: FineBucket): Date {
  const day = Date.UTC(time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate());
  switch (bucket) {
    case "minute":
      return startOfMinute(time);
    case "hour":
      return at(Math.floor(time.getTime() / HOUR) * HOUR);
    case "day":
      return at(day);
    case "week":
      return at(day - ((time.getUTCDay() + 6) % 7) * DAY);
    case "month":
      return at(Date.UTC(time.getUTCFullYear(), time.getUTCMonth(), 1));
  }
}

/** Start of the bucket after the one that starts at `start`. */
export function nextBucket(start: Date, bucket: FineBucket): Date {
  if (bucket === "month") return at(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1));
  return at(start.getTime() + { minute: MINUTE, hour: HOUR, day: DAY, week: 7 * DAY }[bucket]);
}

/** Starts of all buckets that touch the period, in order; the first may start before the period does. */
export function listBuckets(period: Period, bucket: FineBucket): readonly Date[] {
  const starts: Date[] = [];
  for (let start = startOfBucket(period.from, bucket); start < period.to; start = nextBucket(start, bucket)) {
    starts.push(start);
  }
  return starts;
}

/** The bucket that suits the length: hours up to 48 h, days up to 92 d, weeks up to 52, then months. */
export function defaultBucket(period: Period): Bucket {
  const length = period.to.getTime() - period.from.getTime();
  if (length <= 48 * HOUR) return "hour";
  if (length <= 92 * DAY) return "day";
  return length <= 364 * DAY ? "week" : "month";
}

/** The span a preset names at `now`. `28d` is today, still running, and the 27 days before it. */
export function presetPeriod(preset: PeriodPreset, now: Date): Period {
  const today = startOfBucket(now, "day").getTime();
  const days = (count: number): Period => ({ from: at(today - (count - 1) * DAY), to: at(today + DAY), preset });
  switch (preset) {
    case "today":
      return days(1);
    case "7d":
      return days(7);
    case "28d":
      return days(28);
    case "90d":
      return days(90);
    case "24h": {
      const to = startOfBucket(now, "hour").getTime() + HOUR;
      return { from: at(to - DAY), to: at(to), preset };
    }
    case "mtd":
      return { from: startOfBucket(now, "month"), to: at(today + DAY), preset };
    case "last-month": {
      const to = startOfBucket(now, "month");
      return { from: startOfBucket(at(to.getTime() - 1), "month"), to, preset };
    }
  }
}

function parseInstant(path: string, text: string): Date | FieldError {
  const [, day, time, zone = "Z"] = ISO.exec(text) ?? [];
  const ms = day === undefined ? Number.NaN : Date.parse(time === undefined ? day : `${day}T${time}${zone}`);
  // Date.parse rolls 31 February over into March; a date that does not exist is a mistake, not a wish.
  const exists = day !== undefined && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day);
  if (Number.isNaN(ms) || !exists) {
    return { path, message: "must be an ISO 8601 date or date-time, such as 2026-11-21 or 2026-11-21T09:00:00Z" };
  }
  if (ms < EARLIEST || ms > LATEST) return { path, message: "must lie between the years 2000 and 2100" };
  return at(ms);
}

/**
 * Reads `period=<preset>` or `from=&to=` (ISO dates or date-times, UTC unless they carry an offset, half-open).
 * Without any, the last 28 days; without `to`, until the end of the running day.
 */
export function parsePeriod(params: Readonly<{ get(name: string): string | null }>, now: Date): ParsedPeriod {
  const [name, from, to] = ["period", "from", "to"].map((key) => params.get(key) || null);
  if (!from && !to) {
    const preset = PERIOD_PRESETS.find(({ key }) => key === (name ?? DEFAULT_PRESET));
    if (preset) return { ok: true, period: presetPeriod(preset.key, now) };
    const known = PERIOD_PRESETS.map(({ key }) => key).join(", ");
    return { ok: false, errors: [{ path: "period", message: `must be one of ${known}, or give from and to` }] };
  }
  if (name) return { ok: false, errors: [{ path: "period", message: "cannot be combined with from and to" }] };
  if (!from) return { ok: false, errors: [{ path: "from", message: "is required when to is given" }] };

  const start = parseInstant("from", from);
  const end = to ? parseInstant("to", to) : at(startOfBucket(now, "day").getTime() + DAY);
  const errors = [start, end].filter((value): value is FieldError => !(value instanceof Date));
  if (!(start instanceof Date) || !(end instanceof Date)) return { ok: false, errors };
  if (end <= start) return { ok: false, errors: [{ path: "to", message: "must be later than from" }] };
  return { ok: true, period: { from: start, to: end } };
}

/** The same, as URL parameters. */
export function toPeriodParams(period: Period): Readonly<Record<string, string>> {
  if (period.preset) return { period: period.preset };
  const text = (time: Date) => (time.getTime() % DAY === 0 ? time.toJSON().slice(0, 10) : time.toJSON());
  return { from: text(period.from), to: text(period.to) };
}

/** The part of a period that has passed at `now`, to the minute; empty when it lies ahead. */
export function elapsedPeriod(period: Period, now: Date): Period {
  const minute = startOfMinute(now).getTime();
  return { ...period, to: at(Math.max(period.from.getTime(), Math.min(period.to.getTime(), minute))) };
}

/**
 * What to hold the period against. `previous` shifts by its whole length, `year` by 364 days: 52 weeks, so that
 * weekdays meet. A month (`mtd`, `last-month`) is held against the month before, from its first day. A running period
 * is compared with as much of the other as has passed of itself, to the minute.
 */
export function comparePeriod(period: Period, mode: CompareMode, now: Date): Period | null {
  if (mode === "none") return null;
  const length = period.to.getTime() - period.from.getTime();
  // Never empty: in the first minute of a period there is still something to name.
  const elapsed = Math.max(MINUTE, elapsedPeriod(period, now).to.getTime() - period.from.getTime());
  if (mode === "previous" && (period.preset === "mtd" || period.preset === "last-month")) {
    const from = startOfBucket(at(period.from.getTime() - 1), "month").getTime();
    const whole = period.preset === "last-month" ? Number.POSITIVE_INFINITY : elapsed;
    return { from: at(from), to: at(Math.min(from + whole, period.from.getTime())) };
  }
  const from = period.from.getTime() - (mode === "year" ? 364 * DAY : length);
  return { from: at(from), to: at(from + elapsed) };
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "25 Oct – 21 Nov", "21 Nov", "19 Nov, 09:00 – 21 Nov, 09:00": the last day shown is inside. Years when they differ from `now`'s. */
export function formatPeriod(period: Period, now: Date = period.to): string {
  const whole = period.from.getTime() % DAY === 0 && period.to.getTime() % DAY === 0;
  const last = whole ? at(Math.max(period.from.getTime(), period.to.getTime() - 1)) : period.to;
  const years = [period.from, last].some((time) => time.getUTCFullYear() !== now.getUTCFullYear());
  const day = (time: Date) =>
    `${time.getUTCDate()} ${MONTHS[time.getUTCMonth()]}${years ? ` ${time.getUTCFullYear()}` : ""}`;
  const clock = (time: Date) => time.toJSON().slice(11, 16);
  const [first, end] = [day(period.from), day(last)];
  if (whole) return first === end ? first : `${first} – ${end}`;
  if (first === end) return `${first}, ${clock(period.from)} – ${clock(last)}`;
  return `${first}, ${clock(period.from)} – ${end}, ${clock(last)}`;
}

const DAY_NAME = /^\d{4}-\d{2}-\d{2}$/;

/** The UTC day ("2026-11-21") after a day: a span that ends there has the day in it. What is no day comes back as it is. */
export function dayAfter(day: string): string {
  return shiftDay(day, 1);
}

/** The UTC day before a day: the last one of a span whose end is exclusive. What is no day comes back as it is. */
export function dayBefore(day: string): string {
  return shiftDay(day, -1);
}

function shiftDay(day: string, days: number): string {
  const at = Date.parse(day);
  if (!DAY_NAME.test(day) || Number.isNaN(at)) return day;
  return new Date(at + days * DAY).toISOString().slice(0, 10);
}
