import { pickUsage } from "@/lib/estimates/pick-usage";
import { readQuestion } from "@/lib/estimates/read-question";
import { COUNT_PARAMS } from "@/lib/estimates/schema";
import type { FieldError } from "@/lib/ingest/schema";
import { parseUsd } from "@/lib/money";
import { MARGINS, type Margin, type Share, type Workload } from "@/lib/pricing/estimate";

/** What the address of the calculator asks for. */
export type CalculatorQuestion = Readonly<{
  models: readonly string[];
  /** The model that the others are compared with. */
  chosen: string;
  workload: Workload;
  callsPerDay: bigint;
  margins: readonly Margin[];
}>;

export type ReadCalculator = Readonly<{
  /** With the example filled in where the address asks nothing: what the form shows. */
  params: URLSearchParams;
  question: CalculatorQuestion | null;
  /** Parameters that cannot be used; empty exactly when there is a question. */
  errors: readonly FieldError[];
}>;

const EXAMPLE = new URLSearchParams(
  "model=claude-opus-5-5&model=claude-sonnet-5-5&model=claude-haiku-5-5&model=gpt-6-sol&input_tokens=10000&output_tokens=500&calls_per_day=1000",
);
const DEFAULT_CALLS = 1_000n;
const SHARE_RULE = "must be from 0 to 100, with at most 4 places";

/** Reads the address of the calculator: the parameters of GET /api/v1/price and how often, shares and margins. */
export function readCalculator(sent: URLSearchParams, now: Date): ReadCalculator {
  const params = [...sent.values()].some(Boolean) ? sent : EXAMPLE;
  const asked = new URLSearchParams(params);
  const pasted = unwrapUsage(params.get("usage"));
  if (pasted !== null) {
    asked.set("usage", pasted);
    for (const name of COUNT_PARAMS) asked.delete(name);
  }
  const errors: FieldError[] = [];
  const parsed = readQuestion(asked, now);
  if (!parsed.ok) errors.push(...parsed.errors);
  const callsPerDay = readCalls(params.get("calls_per_day"), errors);
  const batchShare = readShare(params, "batch_share", errors);
  const cacheHitShare = readShare(params, "cache_hit_share", errors) ?? 0n;
  if (!parsed.ok || errors.length > 0) return { params, question: null, errors };

  const { models, usage, platform, location, on } = parsed.question;
  // What the form says goes over what a pasted object says: it is the question.
  const speed = params.get("speed") || usage.speed;
  const inferenceGeo = params.get("inference_geo") || usage.inferenceGeo;
  const question = {
    models,
    chosen: models.find((model) => model === params.get("chosen")) ?? models[0] ?? "",
    workload: {
      usage: { ...usage, speed, inferenceGeo },
      platform,
      location,
      occurredAt: on,
      batchShare,
      cacheHitShare,
    },
    callsPerDay,
    margins: MARGINS.filter(({ key }) => params.getAll("margin").includes(key)),
  };
  return { params, question, errors };
}

/** Of a pasted response the usage only; what cannot be read stays, so that the error names it. */
function unwrapUsage(text: string | null): string | null {
  if (!text) return null;
  try {
    const usage = pickUsage(JSON.parse(text));
    return usage ? JSON.stringify(usage) : text;
  } catch {
    return text;
  }
}

function readCalls(text: string | null, errors: FieldError[]): bigint {
  if (!text) return DEFAULT_CALLS;
  if (/^\d{1,10}$/.test(text) && BigInt(text) >= 1n && BigInt(text) <= 1_000_000_000n) return BigInt(text);
  errors.push({ path: "calls_per_day", message: "must be an integer from 1 to 1000000000" });
  return DEFAULT_CALLS;
}

/** Percent → millionths, exactly. */
function readShare(params: URLSearchParams, name: string, errors: FieldError[]): Share | null {
  const text = params.get(name);
  if (!text) return null;
  if (/^\d{1,3}(\.\d{1,4})?$/.test(text) && Number(text) <= 100) return parseUsd(text) / 100_000_000n;
  errors.push({ path: name, message: SHARE_RULE });
  return null;
}
