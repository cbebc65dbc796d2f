import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { type PriceQuestion, QUESTION_PARAMS, readQuestion } from "@/lib/estimates/read-question";
import { HttpProblem, json } from "@/lib/http";
import type { FieldError } from "@/lib/ingest/schema";
import { toDecimalUsd } from "@/lib/money";
import type { Prices } from "@/lib/pricing/contract";
import { currentPrices } from "@/lib/pricing/current-prices";
import { priceOnModel } from "@/lib/pricing/estimate";
import { describeLine } from "@/lib/pricing/estimate-lines";

/**
 * Answers GET /api/v1/price: what a call costs on each model by the project's prices of now, taken apart line by line.
 * @throws HttpProblem 400 naming every parameter that is unknown or cannot be used.
 */
export async function answerPrice(scope: Scope, params: URLSearchParams, now: Date): Promise<Response> {
  const unknown = [...new Set(params.keys())].filter((name) => !QUESTION_PARAMS.includes(name));
  const known = `is not known; there are ${QUESTION_PARAMS.join(", ")}`;
  const parsed = readQuestion(params, now);
  const errors: FieldError[] = unknown.map((path) => ({ path, message: known }));
  if (!parsed.ok) errors.push(...parsed.errors);
  if (!parsed.ok || errors.length > 0) {
    const detail = errors.map(({ path, message }) => `${path} ${message}`).join("; ");
    throw new HttpProblem(400, "Unusable parameters", `${detail}.`, { errors });
  }
  const prices = await currentPrices(scope);
  const { question } = parsed;
  return json({
    on: question.on.toJSON().slice(0, 10),
    price_book: prices.book.version,
    price_version: prices.version,
    prices: question.models.map((model) => priceOn(model, question, prices)),
  });
}

function priceOn(model: string, { usage, platform, location, on }: PriceQuestion, prices: Prices) {
  const lines = priceOnModel(model, { usage, platform, location, occurredAt: on }, prices);
  const unpriced = lines.find(({ status }) => status === "unpriced");
  const isEstimated = lines.some(({ status }) => status === "estimated");
  return {
    model,
    status: unpriced ? "unpriced" : isEstimated ? "estimated" : (lines[0]?.status ?? "unpriced"),
    reason: unpriced?.reason ?? null,
    cost_usd: total(lines.map(({ costUsdPicos }) => costUsdPicos)),
    list_cost_usd: total(lines.map(({ listCostUsdPicos }) => listCostUsdPicos)),
    lines: lines.map((line) => describeLine(line, prices)),
  };
}

/** A sum with an unknown part is unknown. */
function total(amounts: readonly (bigint | null)[]): string | null {
  let sum = 0n;
  for (const amount of amounts) {
    if (amount === null) return null;
    sum += amount;
  }
  return toDecimalUsd(sum);
}
