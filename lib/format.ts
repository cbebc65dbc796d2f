/** How every figure is written. Money goes in as picodollars (1e-12 USD), times as Date; everything is UTC. */
import { PICOS_PER_USD } from "@/lib/money";

const MINUS = "−";
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

function group(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}

function sign(isNegative: boolean, always: boolean): string {
  return isNegative ? MINUS : always ? "+" : "";
}

/** Rounds half away from zero to `places` decimals; the result is in units of 10^-places dollars. */
function roundUsd(picos: bigint, places: number): bigint {
  const unit = PICOS_PER_USD / 10n ** BigInt(places);
  return (picos + unit / 2n) / unit;
}

function decimal(rounded: bigint, places: number): string {
  const digits = rounded.toString().padStart(places + 1, "0");
  const whole = group(digits.slice(0, digits.length - places));
  return places === 0 ? whole : `${whole}.${digits.slice(-places)}`;
}

/** Cents from a dollar on, four places below, two significant digits below $0.0001. */
function placesFor(absolute: bigint): number {
  if (absolute === 0n || roundUsd(absolute, 4) >= 10_000n) return 2;
  if (roundUsd(absolute, 6) >= 100n) return 4;
  const leading = absolute.toString().length;
  return Math.min(12, 14 - leading);
}

export type UsdOptions = Readonly<{
  /** Fixed places, where a column needs one precision: 2 for sums, 4 for a cost per call, 6 for the lines of a call. */
  places?: number;
  /** `+` before what is not negative: for differences. */
  signed?: boolean;
}>;

/** `$1,234.56`; under a dollar `$0.0421`; under $0.0001 `$0.000042`; `−$2.58`; with `signed` `+$958.44`. */
export function formatUsd(picos: bigint, options: UsdOptions = {}): string {
  const absolute = picos < 0n ? -picos : picos;
  const places = options.places ?? placesFor(absolute);
  const rounded = roundUsd(absolute, places);
  // A difference that rounds to nothing has no direction: $0.00, never −$0.00.
  return `${rounded === 0n ? "" : sign(picos < 0n, options.signed ?? false)}$${decimal(rounded, places)}`;
}

/** A hero or KPI figure in two sizes: `{ main: "$25,592", small: ".86" }`; nothing is small under a dollar. */
export function formatUsdParts(picos: bigint): { main: string; small: string } {
  const text = formatUsd(picos);
  const cut = text.length - 3;
  return text[cut] === "." ? { main: text.slice(0, cut), small: text.slice(cut) } : { main: text, small: "" };
}

/** In full: `4,552,607`. Tokens, calls, rows. */
export function formatCount(count: bigint | number): string {
  const whole = typeof count === "bigint" ? count : BigInt(Math.round(count));
  return `${sign(whole < 0n, false)}${group((whole < 0n ? -whole : whole).toString())}`;
}

const COMPACT = [
  { from: 999_950_000_000, unit: 1e12, suffix: "T" },
  { from: 999_950_000, unit: 1e9, suffix: "B" },
  { from: 999_950, unit: 1e6, suffix: "M" },
  { from: 10_000, unit: 1e3, suffix: "k" },
];

/** Sums of tokens: `31.2B`, `136.6M`, `12.3k`, in full under 10,000. Put `formatCount` in the `title`. */
export function formatCompact(count: bigint | number): string {
  const value = Number(count);
  const step = COMPACT.find(({ from }) => Math.abs(value) >= from);
  if (!step) return formatCount(count);
  return `${sign(value < 0, false)}${(Math.abs(value) / step.unit).toFixed(1)}${step.suffix}`;
}

function fixed(value: number, places: number): string {
  const [whole = "0", fraction] = Math.abs(value).toFixed(places).split(".");
  return fraction ? `${group(whole)}.${fraction}` : group(whole);
}

/** A ratio as percent: `0.523` → `52.3%`. Error rates take two places: `0.35%`. */
export function formatPercent(ratio: number, places = 1): string {
  const text = fixed(ratio * 100, places);
  return `${ratio < 0 && Number(text) !== 0 ? MINUS : ""}${text}%`;
}

/** A change as language: its text, its direction, and how loud it may be drawn. */
export type FormattedChange = Readonly<{
  kind: "new" | "gone" | "none" | "flat" | "up" | "down";
  /** `+33.9%`, `−15.6 pt`, `new`, `gone`, `none`. */
  text: string;
  /** True from 20 % (ratios: from 5 points) on: only then may it carry colour. */
  isLoud: boolean;
}>;

/** What was called before and is no more: no saving of 100 %. */
export const GONE: FormattedChange = { kind: "gone", text: "gone", isLoud: false };

const LOUD_RATIO = 0.2;
const FLAT_RATIO = 0.01;
const LOUD_POINTS = 5;
const FLAT_POINTS = 0.1;

function classify(size: number, flat: number, loud: number, text: string): FormattedChange {
  const kind = Math.abs(size) < flat ? "flat" : size > 0 ? "up" : "down";
  return { kind, text, isLoud: Math.abs(size) >= loud };
}

/** The change of an amount against the amount before, as a share of it. Nothing before is `new`, never 0 % or infinite. */
export function formatChange(now: bigint | number, before: bigint | number | null): FormattedChange {
  if (before === null || Number(before) === 0) {
    return Number(now) === 0
      ? { kind: "none", text: "none", isLoud: false }
      : { kind: "new", text: "new", isLoud: false };
  }
  const ratio = (Number(now) - Number(before)) / Math.abs(Number(before));
  const shown = fixed(ratio * 100, 1);
  // What rounds to nothing has no direction: +0.0%, never −0.0%.
  const text = `${sign(ratio < 0 && shown !== "0.0", true)}${shown}%`;
  return classify(ratio, FLAT_RATIO, LOUD_RATIO, text);
}

/** The change of a ratio (0…1) in percentage points: `−15.6 pt`. */
export function formatChangePoints(now: number | null, before: number | null): FormattedChange {
  if (now === null) return { kind: "none", text: "none", isLoud: false };
  if (before === null) return { kind: "new", text: "new", isLoud: false };
  const points = (now - before) * 100;
  const shown = fixed(points, 1);
  return classify(points, FLAT_POINTS, LOUD_POINTS, `${sign(points < 0 && shown !== "0.0", true)}${shown} pt`);
}

/** A latency: `842 ms`, `1.91 s`, then as `formatDuration`. */
export function formatMs(ms: number): string {
  if (Math.round(ms) < 1000) return `${Math.round(ms)} ms`;
  return ms < 59_995 ? `${(ms / 1000).toFixed(2)} s` : formatDuration(ms);
}

/** A span of time in its two largest units: `38 s`, `4 min 12 s`, `53 h 32 min`, `12 d 4 h` from a week on. */
export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (seconds < 60) return `${seconds} s`;
  if (minutes < 60) return join(minutes, "min", seconds % 60, "s");
  if (hours < 168) return join(hours, "h", minutes % 60, "min");
  return join(Math.floor(hours / 24), "d", hours % 24, "h");
}

function join(major: number, majorUnit: string, minor: number, minorUnit: string): string {
  return minor === 0 ? `${major} ${majorUnit}` : `${major} ${majorUnit} ${minor} ${minorUnit}`;
}

const two = (value: number) => String(value).padStart(2, "0");

/** `21 Nov`. */
export function formatDay(at: Date): string {
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}`;
}

/** `Fri 20 Nov`. */
export function formatWeekday(at: Date): string {
  return `${WEEKDAYS[at.getUTCDay()]} ${formatDay(at)}`;
}

/** `21 Nov 2026`. */
export function formatDate(at: Date): string {
  return `${formatDay(at)} ${at.getUTCFullYear()}`;
}

/** `Nov 2026`. */
export function formatMonth(at: Date): string {
  return `${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
}

/** `14:31`. */
export function formatHour(at: Date): string {
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
}

/** `14:32:08`, with `ms` `14:32:08.125`. */
export function formatTime(at: Date, precision: "s" | "ms" = "s"): string {
  const text = `${formatHour(at)}:${two(at.getUTCSeconds())}`;
  return precision === "ms" ? `${text}.${String(at.getUTCMilliseconds()).padStart(3, "0")}` : text;
}

/** `21 Nov 2026, 14:31:57.840 UTC`: one moment, exactly. */
export function formatDateTime(at: Date): string {
  return `${formatDate(at)}, ${formatTime(at, "ms")} UTC`;
}

/** `20 Nov 15:02`: a moment in a table. */
export function formatMinute(at: Date): string {
  return `${formatDay(at)} ${formatHour(at)}`;
}

/** `2 s ago`, `30 min ago`, `3 h ago`, `4 d ago`: the largest unit only. */
export function formatAgo(at: Date, now: Date): string {
  const seconds = Math.max(0, Math.round((now.getTime() - at.getTime()) / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)} h ago` : `${Math.floor(seconds / 86_400)} d ago`;
}

/** A deploy's first seven characters. */
export function formatSha(sha: string): string {
  return /^[0-9a-f]{8,}$/i.test(sha) ? sha.slice(0, 7) : sha;
}

/** Dollars on an axis, from a float, as precise as the step between two labels asks: `$0`, `$500`, `$1.0k`, `$0.0025`. */
export function formatAxisUsd(usd: number, step: number): string {
  if (usd === 0) return "$0";
  const absolute = Math.abs(usd);
  const text = absolute >= 1000 ? axisCompact(absolute) : absolute.toFixed(axisPlaces(step));
  return `${sign(usd < 0, false)}$${text}`;
}

/** A count on an axis, from a float: `0`, `250`, `4k`, `1.5M`. */
export function formatAxisCount(count: number): string {
  return Math.abs(count) >= 1000 ? axisCompact(count).replace(".0", "") : String(Number(count.toPrecision(3)));
}

function axisCompact(value: number): string {
  const step = COMPACT.find(({ from }) => value >= from) ?? { unit: 1e3, suffix: "k" };
  return `${(value / step.unit).toFixed(1)}${step.suffix}`;
}

function axisPlaces(step: number): number {
  if (Number.isInteger(step)) return 0;
  const places = [2, 3, 4, 5, 6, 7, 8].find(
    (count) => Math.abs(step * 10 ** count - Math.round(step * 10 ** count)) < 1e-6,
  );
  return places ?? 9;
}
