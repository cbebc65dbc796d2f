const PLAIN = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)$/;
const ZONED = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d{1,9})?) ?(Z|UTC|[+-]\d\d(?::?\d\d)?)$/i;
/** Unix time: seconds (10 digits, perhaps with a fraction) or milliseconds (13 digits). */
const UNIX = /^\d{10}(?:\.\d+)?$|^\d{13}$/;

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const options = { timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit" } as const;
  const made = new Intl.DateTimeFormat("en-CA", { ...options, hour: "2-digit", minute: "2-digit", second: "2-digit" });
  formatters.set(zone, made);
  return made;
}

/** Whether the runtime knows the zone. */
export function isZone(zone: string): boolean {
  try {
    return formatterOf(zone) !== undefined;
  } catch {
    return false;
  }
}

/** How far a zone is ahead of UTC at a moment, in ms. */
function offsetAt(ms: number, zone: string): number {
  const parts = Object.fromEntries(
    formatterOf(zone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, value]),
  );
  const local = `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}:${parts.second}Z`;
  return Date.parse(local) - Math.floor(ms / 1000) * 1000;
}

/**
 * Reads a time as exports write it: with a zone, as a database writes it without one (`2026-11-20 12:00:00.123`, then of `zone`), or as
 * Unix time. An hour that a change of clocks repeats is taken as the first of the two.
 * @returns RFC 3339 in UTC; the text as it came where it is none of these, for the rule of the field to refuse
 */
export function toRfc3339(text: string, zone: string): string {
  const value = text.trim();
  if (UNIX.test(value)) {
    return new Date(value.includes(".") || value.length === 10 ? Number(value) * 1000 : Number(value)).toISOString();
  }
  const [, day, time, offset] = ZONED.exec(value) ?? [];
  if (day !== undefined && offset !== undefined) return `${day}T${time}${toOffset(offset)}`;
  const [, plainDay, plainTime] = PLAIN.exec(value) ?? [];
  if (plainDay === undefined || plainTime === undefined) return text;
  const local = Date.parse(`${plainDay}T${plainTime.length === 5 ? `${plainTime}:00` : plainTime}Z`);
  if (Number.isNaN(local) || !new Date(local).toISOString().startsWith(plainDay)) return text;
  if (zone === "UTC") return new Date(local).toISOString();
  const first = local - offsetAt(local - 24 * 3_600_000, zone);
  const second = local - offsetAt(local + 24 * 3_600_000, zone);
  const fits = [Math.min(first, second), Math.max(first, second)].find((ms) => ms + offsetAt(ms, zone) === local);
  // An hour that the clocks leave out: as if they had not been changed yet.
  return new Date(fits ?? first).toISOString();
}

/** Whether a text is a time without its zone. */
export function isZoneless(text: string): boolean {
  return PLAIN.test(text.trim());
}

function toOffset(offset: string): string {
  if (/^(z|utc)$/i.test(offset)) return "Z";
  const digits = offset.slice(1).replace(":", "").padEnd(4, "0");
  return `${offset[0]}${digits.slice(0, 2)}:${digits.slice(2)}`;
}
