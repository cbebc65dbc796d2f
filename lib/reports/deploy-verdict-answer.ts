import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { type Change, PARTS, type UsageSide } from "@/lib/deploys/schema";
import { type Estimate, type FeatureVerdict, passes, type Verdict } from "@/lib/deploys/verdict";
import { explainVerdict } from "@/lib/deploys/verdict-words";
import { HttpProblem, json } from "@/lib/http";
import { toDecimalUsd } from "@/lib/money";
import type { FieldError, Period } from "@/lib/period";
import { PART_KEYS } from "./change-report";
import { findDeploySpans, unusableAgainst } from "./deploy-spans";
import { type JudgedDeploy, judgeDeploy } from "./deploy-verdict";
import { parseReportQuery } from "./query";

const PARAMETERS = ["window", "against", "max_increase", "id"];
const DEFAULT_INCREASE = 0.1;
const MAX_INCREASE = 10;

/** A share from 0 to 10, as a plain decimal; null when it is none. */
function readIncrease(text: string | null): number | null {
  if (!text) return DEFAULT_INCREASE;
  const value = /^\d{1,2}(\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN;
  return value <= MAX_INCREASE ? value : null;
}

function readParameters(params: URLSearchParams, deploy: string, asOf: Date) {
  const errors: FieldError[] = [...new Set(params.keys())]
    .filter((name) => !PARAMETERS.includes(name))
    .map((path) => ({ path, message: `is not known; there are ${PARAMETERS.slice(0, 3).join(", ")}` }));
  const asked = new URLSearchParams(["window", "against"].map((name) => [name, params.get(name) ?? ""]));
  const parsed = parseReportQuery(asked, asOf, true);
  if (!parsed.ok) errors.push(...parsed.errors);
  const maxIncrease = readIncrease(params.get("max_increase"));
  if (maxIncrease === null) {
    errors.push({ path: "max_increase", message: `must be a share from 0 to ${MAX_INCREASE}, such as 0.1 for 10%` });
  }
  if (!parsed.ok || maxIncrease === null || errors.length > 0) {
    const detail = errors.map(({ path, message }) => `${path} ${message}`).join("; ");
    throw new HttpProblem(400, "Unusable parameters", `${detail}.`, { errors });
  }
  const { window = "48h", against } = parsed.query;
  if (against === deploy) throw unusableAgainst("must name another deploy");
  return { window, against, maxIncrease };
}

const usd = (picos: bigint | null) => (picos === null ? null : toDecimalUsd(picos));
const span = ({ from, to }: Period) => ({ from: from.toISOString(), to: to.toISOString() });
/** Six places of a share are more than its interval bears. */
const share = (value: number) => Number(value.toFixed(6));
const interval = (estimate: Estimate | null) =>
  estimate && { low: share(estimate.low), high: share(estimate.high), confidence: 0.95 };

/** Shares of first tries without an answer; the feature where only that one fails more. */
function failed({ failures: { feature, before, after } }: Verdict) {
  return { feature, before: before === null ? null : share(before), after: after === null ? null : share(after) };
}

function toSide({ calls, pricedCalls, retries, errors, rateLimited, ...side }: UsageSide, compared: bigint) {
  return {
    calls,
    unpriced_calls: calls - pricedCalls,
    compared_calls: compared,
    retries,
    errors,
    rate_limited: rateLimited,
    cost_usd: toDecimalUsd(side.costUsdPicos),
    cost_per_call_usd: usd(side.costPerCallUsdPicos),
  };
}

function toChange({ changeUsdPicos, effectUsdPicos, parts }: Change) {
  return {
    change_usd: toDecimalUsd(changeUsdPicos),
    effect_usd: toDecimalUsd(effectUsdPicos),
    parts: Object.fromEntries(PARTS.map((part) => [`${PART_KEYS[part]}_usd`, toDecimalUsd(parts[part])])),
  };
}

function toFeature(change: Change & Readonly<{ feature: string }>, verdict: FeatureVerdict | undefined) {
  const estimate = verdict?.estimate ?? null;
  return {
    feature: change.feature,
    change: estimate && share(estimate.change),
    interval: interval(estimate),
    before: toSide(change.before, verdict?.before ?? 0n),
    after: toSide(change.after, verdict?.after ?? 0n),
    ...toChange(change),
  };
}

/** Counts as numbers where a number holds them exactly, else as decimal strings: as in reports. */
function withNumbers(value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  if (Array.isArray(value)) return value.map(withNumbers);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withNumbers(one)]));
}

/**
 * Answers GET /api/v1/deploys/{sha}/verdict: whether calls became dearer with a deploy, with the evidence, and in `pass`
 * what a gate needs.
 * @throws HttpProblem 404 for a deploy without calls that the scope shows, 400 naming every parameter that cannot be used.
 */
export async function answerVerdict(
  scope: Scope,
  deploy: string,
  params: URLSearchParams,
  asOf: Date,
): Promise<Response> {
  const { window, against, maxIncrease } = readParameters(params, deploy, asOf);
  const spans = await findDeploySpans(scope, deploy, window, [], asOf, against);
  if (!spans) {
    throw new HttpProblem(404, "No such deploy", "No call of this deploy is known in the environment of the key.");
  }
  const { explained, verdict }: JudgedDeploy = await judgeDeploy(scope, spans, []);
  const { total, features, coverage } = explained;
  const { estimate } = verdict;
  return json(
    withNumbers({
      deploy,
      against: spans.against,
      environment: scope.environment,
      window,
      as_of: asOf.toISOString(),
      verdict: verdict.word,
      reason: verdict.failures.isMuchMore ? "more_failures" : verdict.reason,
      pass: passes(verdict, maxIncrease),
      max_increase: maxIncrease,
      explanation: explainVerdict(verdict),
      change: estimate && share(estimate.change),
      interval: interval(estimate),
      failed: failed(verdict),
      before: { ...span(spans.before), ...toSide(total.before, verdict.before) },
      after: { ...span(spans.after), ...toSide(total.after, verdict.after) },
      ...toChange(total),
      other_deploys: spans.others.map((other) => other.deploy),
      features: features.map((one) =>
        toFeature(
          one,
          verdict.features.find(({ feature }) => feature === one.feature),
        ),
      ),
      coverage: {
        calls: coverage.calls,
        unpriced_calls: coverage.unpricedCalls,
        estimated_calls: coverage.estimatedCalls,
        estimated_cost_usd: toDecimalUsd(coverage.estimatedCostUsdPicos),
      },
    }),
  );
}
