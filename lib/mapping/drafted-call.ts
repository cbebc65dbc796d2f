/** A call as a foreign record tells it, unchecked, in the fields of POST /api/v1/calls. */
export type DraftedCall = Readonly<{
  call: Record<string, unknown>;
  /** The attribute that each field came from; null for the fallback of the mapping. */
  origins: Record<string, string | null>;
  /** What does not add up in it; it is taken all the same, and its sender told. */
  contradiction: string | null;
  /** Fields that it is taken without, as their values break a rule. */
  leftOut: readonly Readonly<{ path: string; message: string }>[];
  /** A failed attempt has none. */
  hasUsage: boolean;
}>;

/** Why a record is no call of a model: it is counted, and nothing else. */
export type IgnoredReason = "not_a_model_call" | "no_usage" | "wraps_another_call" | "cache_hit";

/** What one record comes to. */
export type Reading = ({ kind: "call" } & DraftedCall) | { kind: "ignored"; reason: IgnoredReason };

/** Stand for an answer that never came: the client gave up, the connection broke. */
const [GAVE_UP, BROKEN] = [499, 599];

/**
 * The outcome of an attempt that failed and tells no tokens. Only a status of an error says that the provider refused it, which costs
 * nothing; without one no answer came, and what was used is not known.
 * @param status the HTTP status that the record tells; null when it does not
 */
export function failedAttempt(status: number | null): { status_code: number; incomplete?: true } {
  const isRefused = status !== null && status >= 400 && status !== GAVE_UP && status !== BROKEN;
  return isRefused ? { status_code: status } : { status_code: status === GAVE_UP ? GAVE_UP : BROKEN, incomplete: true };
}

/** Milliseconds since 1970 as RFC 3339; undefined for what is no time. */
export function toTime(ms: number): string | undefined {
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : undefined;
}

/** Dollars as a float → micro-dollars, shifted as a decimal so that 0.1 stays 100,000; NaN for what is no number. */
export function toMicros(usd: unknown): number {
  const [digits, exponent = "0"] = String(typeof usd === "number" || typeof usd === "string" ? usd : Number.NaN).split(
    "e",
  );
  return Number(`${digits}e${Number(exponent) + 6}`);
}

/** A count as number, also where it was sent as text; NaN for what is neither, for the rule of the field to refuse. */
export function toCount(value: unknown): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
}
