import { z } from "zod";

type RuleCheck<T> = (value: T) => string | null;

/** A schema of zod's base type, whose every failure reads "is required" or states the one rule. */
export function rule<T>(type: z.ZodType<T>, check: RuleCheck<T>): z.ZodType<T> {
  return type.check((context) => {
    const message = check(context.value);
    if (message !== null) context.issues.push({ code: "custom", message, input: context.value });
  });
}

export function typeError(expected: string) {
  return (issue: { input?: unknown }) => (issue.input === undefined ? "is required" : `must be ${expected}`);
}

/** Text that PostgreSQL refuses, and with it the whole statement: NUL, and half of a surrogate pair. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;
export const UNSTORABLE_MESSAGE = "must not contain NUL or an unpaired surrogate";

export function isUnstorable(text: string): boolean {
  return UNSTORABLE.test(text);
}

/** Length in characters, as PostgreSQL counts them; UTF-16 units are only counted apart when they might differ. */
function isLonger(text: string, max: number): boolean {
  return text.length > max && (text.length > 2 * max || [...text].length > max);
}

export function text(max: number) {
  const expected = `text of 1 to ${max} characters`;
  return rule(z.string({ error: typeError(expected) }), (value) => {
    if (value === "" || isLonger(value, max)) return `must be ${expected}`;
    return isUnstorable(value) ? UNSTORABLE_MESSAGE : null;
  });
}

export function count(min: number, max: number) {
  const expected = `an integer from ${min} to ${max}`;
  return rule(z.number({ error: typeError(expected) }), (value) =>
    Number.isInteger(value) && value >= min && value <= max ? null : `must be ${expected}`,
  );
}

const RFC3339 =
  /^(\d{4})-(0[1-9]|1[0-2])-(\d\d)[Tt ]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:[Zz]|[+-](?:0\d:[0-5]\d|1[0-3]:[0-5]\d|14:00))$/;
const TIME_RULE = "must be an RFC 3339 time with a zone, such as 2026-11-20T12:00:00Z or 2026-11-20T21:00:00+09:00";

/** RFC 3339 with a zone of at most ±14:00; digits beyond milliseconds are cut off. */
export const time = z.string({ error: typeError("an RFC 3339 time with a zone") }).transform((value, context) => {
  const [, year, month, day] = RFC3339.exec(value) ?? [];
  const daysInMonth = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (year === undefined || Number(day) < 1 || Number(day) > daysInMonth) {
    context.issues.push({ code: "custom", message: TIME_RULE, input: value });
    return z.NEVER;
  }
  return new Date(value.replace(" ", "T").toUpperCase());
});

const EARLIEST = Date.UTC(2000, 0, 1);
const MAX_AHEAD_MS = 5 * 60_000;

/** A time from the year 2000 on, and ahead of `now` by no more than a clock is off: one from the future would be the last word for ever. */
export function timeUntil(now: Date) {
  const latest = now.getTime() + MAX_AHEAD_MS;
  return time
    .refine((at) => at.getTime() <= latest, {
      error: `must not be more than 5 minutes ahead of the server, whose time is ${now.toISOString()}`,
    })
    .refine((at) => at.getTime() >= EARLIEST, { error: "must not be before the year 2000" });
}

export function oneOf<const T extends readonly string[]>(values: T) {
  return z.enum(values, { error: `must be one of ${values.join(", ")}` });
}
