import { MAX_MODELS, MAX_USAGE } from "@/lib/estimates/limits";
import { COUNT_PARAMS, PLACE_PARAMS, pricedCallSchema } from "@/lib/estimates/schema";
import { normalizeUsage } from "@/lib/ingest/normalize";
import { type FieldError, MAX_DEPTH } from "@/lib/ingest/schema";
import { JsonError, parseJson } from "@/lib/json";
import { inferPlatform } from "@/lib/pricing/platform";
import type { Usage } from "@/lib/pricing/schema";

/** What a call of these tokens costs, there and then, on each of these models. */
export type PriceQuestion = Readonly<{
  /** At least one, each once, as they were spelled. */
  models: readonly string[];
  /** One call, as the first model would have answered it. */
  usage: Usage;
  platform: string | null;
  location: string | null;
  /** The start of a day (UTC), or the moment that was given as now. */
  on: Date;
}>;

export type ParsedQuestion =
  | Readonly<{ ok: true; question: PriceQuestion }>
  | Readonly<{ ok: false; errors: readonly FieldError[] }>;

/** The parameters that a question is made of. */
export const QUESTION_PARAMS: readonly string[] = ["model", "usage", "on", ...COUNT_PARAMS, ...PLACE_PARAMS];

/**
 * Reads a question from the parameters of a URL. Empty ones count as absent; others than `QUESTION_PARAMS` are not looked at.
 * @returns the question, or every parameter that cannot be used with the rule that it breaks.
 */
export function readQuestion(params: URLSearchParams, now: Date): ParsedQuestion {
  const errors: FieldError[] = [];
  const models = [...new Set(params.getAll("model").filter(Boolean))];
  if (models.length === 0) errors.push({ path: "model", message: "is required; repeat it to compare models" });
  if (models.length > MAX_MODELS) errors.push({ path: "model", message: `must be given at most ${MAX_MODELS} times` });
  const single = (name: string): string | undefined => {
    const [value, ...more] = params.getAll(name);
    if (more.length > 0) errors.push({ path: name, message: "must be given once" });
    return value || undefined;
  };
  const usage = readUsageParam(single("usage"), errors);
  const counts = COUNT_PARAMS.map((name) => [name, toNumber(single(name))] as const);
  const places = PLACE_PARAMS.map((name) => [name, single(name)] as const);
  const on = readDay(single("on"), now, errors);
  const sent = { usage, ...Object.fromEntries(counts), ...Object.fromEntries(places) };
  const checked = models.map((model) => pricedCallSchema.safeParse({ ...sent, model }));
  for (const { error } of checked) {
    for (const { path, message } of error?.issues ?? []) add(errors, { path: path.join("."), message });
  }
  const [first] = checked;
  if (errors.length > 0 || !first?.success) return { ok: false, errors };
  const call = first.data;
  const normalized = normalizeUsage({ ...call, provider: inferPlatform(call.model, call).provider });
  if (!normalized.ok) return normalized;
  const { platform = null, location = null } = call;
  return { ok: true, question: { models, usage: normalized.usage, platform, location, on } };
}

function readUsageParam(text: string | undefined, errors: FieldError[]): unknown {
  if (text === undefined) return undefined;
  if (text.length > MAX_USAGE) {
    errors.push({ path: "usage", message: `must have at most ${MAX_USAGE} characters` });
    return undefined;
  }
  try {
    const { value, duplicateKeys } = parseJson(text, MAX_DEPTH);
    for (const path of duplicateKeys) {
      errors.push({ path: ["usage", ...path].join("."), message: "occurs more than once in its object" });
    }
    return value;
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    errors.push({ path: "usage", message: `is ${error.message}` });
    return undefined;
  }
}

/** What is no whole number becomes NaN, which the rule of the field refuses. */
function toNumber(text: string | undefined): number | undefined {
  return text === undefined ? undefined : /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}

function readDay(text: string | undefined, now: Date, errors: FieldError[]): Date {
  if (text === undefined) return now;
  const day = /^20\d\d-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(Number.NaN);
  if (!Number.isNaN(day.getTime()) && day.toJSON().startsWith(text)) return day;
  errors.push({ path: "on", message: "must be a day from 2000 to 2099, YYYY-MM-DD" });
  return now;
}

function add(errors: FieldError[], error: FieldError): void {
  if (!errors.some(({ path, message }) => path === error.path && message === error.message)) errors.push(error);
}
