import { expect, test } from "vitest";
import { LIST_PRICES, type Prices, toContract } from "@/lib/pricing/contract";
import { checkContract } from "@/lib/pricing/contract-rules";
import { overrideSchema, type StoredOverride } from "@/lib/pricing/contract-schema";
import { priceCall } from "@/lib/pricing/cost";
import type { PricedLine } from "@/lib/pricing/schema";
import { type Meaning, RAW_KINDS, type RawRow, SPELLINGS } from "@/tests/support/price-files";
import { type RandomCall, randomCall } from "@/tests/support/random-calls";

/**
 * A second way to the price of a call: the published rules (pricing facts §1, §2.3) and those of a contract, on the decimals
 * of the price files and in exact fractions. It shares no code with lib/pricing.
 */
type Fraction = readonly [numerator: bigint, denominator: bigint];
type Part = RandomCall["usage"]["parts"][number];
type Outcome = Pick<PricedLine, "status" | "reason" | "priceId" | "tier" | "multipliers" | "notes"> & {
  cost: readonly bigint[] | null;
  total: bigint | null;
  list: bigint | null;
};
/** What a line of a call is for, whatever it costs. */
type Billed = Pick<PricedLine, "line" | "model" | "sentModel" | "parts" | "tokens" | "webSearchRequests">;
type Factor = readonly [label: string, Fraction];
type Refused = Readonly<{ refused: string }>;
type Found = Readonly<{ model: Meaning["model"]; row: RawRow; platform: string; isRegional: boolean; notes: string[] }>;

const KINDS = ["input", "cacheCreate5m", "cacheCreate1h", "cacheRead", "output"] as const;
const CONTRACT_KINDS = ["input", "cache_create_5m", "cache_create_1h", "cache_read", "output"] as const;
const HOSTS: Record<string, string[]> = {
  anthropic: ["anthropic", "claude_platform_on_aws", "foundry", "bedrock", "vertex"],
  google: ["google", "vertex"],
};

function decimal(text: string): Fraction {
  const [whole = "", places = ""] = text.split(".");
  return [BigInt(whole + places), 10n ** BigInt(places.length)];
}
const times = (...all: Fraction[]): Fraction => all.reduce(([n, d], [m, e]) => [n * m, d * e], [1n, 1n]);
const plus = ([n, d]: Fraction, [m, e]: Fraction): Fraction => [n * e + m * d, d * e];
const halfUp = ([n, d]: Fraction): bigint => n / d + ((n % d) * 2n >= d ? 1n : 0n);
const whole = ([n, d]: Fraction): bigint => (n % d === 0n ? n / d : -1n);
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
/** Picodollars of so many tokens at USD per million. */
const amount = (tokens: number, rate: string): Fraction => times([BigInt(tokens), 1n], decimal(rate), [10n ** 6n, 1n]);
const idOf = (text: string): string => SPELLINGS.get(text)?.model.id ?? text;

/** One line of a call: billed parts of one model, and the terms of the contract that hold that day. */
class Line {
  readonly day: string;
  readonly terms: readonly StoredOverride[];
  readonly name: string;
  readonly meaning: Meaning | undefined;
  constructor(
    readonly call: RandomCall,
    readonly parts: readonly Part[],
    readonly searches: number,
  ) {
    this.day = call.context.occurredAt.toISOString().slice(0, 10);
    this.terms = call.contract.filter((term) => this.holds(term));
    this.name = this.sent;
    for (let term = this.aliasOf(this.name); term; term = this.aliasOf(this.name)) this.name = term.target;
    this.meaning = SPELLINGS.get(this.name);
  }

  get sent() {
    return this.parts[0]?.model ?? "";
  }
  holds({ from, to }: Readonly<{ from: string; to: string | null }>) {
    return from <= this.day && (to === null || this.day < to);
  }
  aliasOf(name: string) {
    return this.terms.filter((term) => term.kind === "alias").find((term) => term.model === name);
  }
  /** The own rates for just this platform, else those for any; none for fast calls. */
  ownRates() {
    if (this.call.usage.speed === "fast") return undefined;
    const own = this.terms
      .filter((term) => term.kind === "rates")
      .filter((term) => idOf(term.model) === idOf(this.name));
    return (
      own.find((term) => term.platform === this.call.context.platform) ?? own.find((term) => term.platform === null)
    );
  }
  adjustments() {
    return this.terms
      .filter((term) => term.kind === "adjustment")
      .filter((term) => term.provider === null || term.provider === this.meaning?.model.provider)
      .filter((term) => term.platform === null || term.platform === this.call.context.platform)
      .filter((term) => term.model === null || idOf(term.model) === idOf(this.name));
  }

  /** The row of the book, or why there is none. */
  find(): Found | Refused {
    if (!this.meaning) return { refused: "unknown_model" };
    const { model, cloud, endpoint } = this.meaning;
    const hosts = HOSTS[model.provider] ?? [model.provider];
    const { usage, context } = this.call;
    let { platform } = context;
    const isAgreed = this.name !== this.sent || this.adjustments().some((term) => term.platform !== null);
    if (isAgreed && !hosts.includes(platform)) platform = cloud && hosts.includes(cloud) ? cloud : model.provider;
    if (!hosts.includes(platform)) return { refused: "platform_not_priced" };
    if (!model.prices.some((row) => this.holds(row))) return { refused: "no_price_on_date" };
    const rows = usage.speed === "fast" ? (model.fast_mode ?? []) : model.prices;
    const row = rows.find((one) => this.holds(one));
    if (!row) return { refused: "fast_not_priced" };
    const notes = row.from === this.day && rows.some(({ to }) => to === this.day) ? ["price_change_day"] : [];
    const hasEndpoints = model.supports?.cloud_regional_premium && (platform === "bedrock" || platform === "vertex");
    const place = endpoint ?? context.location?.toLowerCase();
    if (hasEndpoints && place === undefined) notes.push(`${platform}_endpoint_unknown:assumed_regional`);
    return { model, row, platform, isRegional: hasEndpoints === true && place !== "global", notes };
  }

  /** The factors on the tokens, or why they are not known. */
  factors(found: Found | Refused): readonly Factor[] | Refused {
    const { serviceTier, speed, inferenceGeo } = this.call.usage;
    const isStandard = serviceTier === "standard";
    if ("refused" in found) {
      if (!isStandard) return { refused: "service_tier_not_priced" };
      return speed === "standard" ? [] : { refused: "speed_not_priced" };
    }
    const { model, platform, isRegional } = found;
    if (serviceTier === "priority" && model.provider === "anthropic" && platform !== "bedrock") {
      return { refused: "priority_tier_commitment" };
    }
    const isBatch = serviceTier === "batch" && model.supports?.batch_half_price === true;
    if (!isStandard && !isBatch) return { refused: "service_tier_not_priced" };
    if (isBatch && speed === "fast") return { refused: "fast_not_priced" };
    if (speed !== "standard" && speed !== "fast") return { refused: "speed_not_priced" };
    const isOnCloud = platform === "bedrock" || platform === "vertex";
    const geo = isOnCloud || inferenceGeo === "global" || inferenceGeo === "not_available" ? null : inferenceGeo;
    const sellsGeo = ["anthropic", "claude_platform_on_aws", "foundry"].includes(platform);
    if (geo !== null && (geo !== "us" || !sellsGeo)) return { refused: "inference_geo_not_priced" };
    const all: [boolean | undefined, Factor][] = [
      [isBatch, ["batch_0.5", [1n, 2n]]],
      [geo === "us" && model.supports?.inference_geo_us, ["us_1.1", [11n, 10n]]],
      [isRegional, ["regional_1.1", [11n, 10n]]],
    ];
    return all.filter(([applies]) => applies).map(([, factor]) => factor);
  }

  /** Each kind at list price, web searches last, before any discount. */
  list(
    found: Found,
    factors: readonly Factor[],
  ): { kinds: Fraction[]; tier: Outcome["tier"]; notes: string[] } | Refused {
    if (this.searches > 0 && found.model.webSearch === null) return { refused: "web_search_not_priced" };
    const kinds: Fraction[] = KINDS.map(() => [0n, 1n]);
    const tiers = new Set<string>();
    const notes = [...found.notes];
    for (const { tokens, largestPromptTokens = Number.POSITIVE_INFINITY } of this.parts) {
      const above = found.row.long_prompt?.prompt_tokens_gt ?? Number.POSITIVE_INFINITY;
      const isLong = tokens.input + tokens.cacheCreate5m + tokens.cacheCreate1h + tokens.cacheRead > above;
      const rates = (isLong && found.row.long_prompt?.rates) || found.row.rates;
      const isFast = this.call.usage.speed === "fast";
      tiers.add(isFast ? (isLong ? "fast_long" : "fast") : isLong ? "long" : "base");
      if (isLong && largestPromptTokens <= above) notes.push("tier_ambiguous");
      for (const [index, kind] of KINDS.entries()) {
        const rate = rates[RAW_KINDS[index] ?? "input"];
        if (tokens[kind] === 0) continue;
        if (rate === null) return { refused: `no_rate_for_${CONTRACT_KINDS[index]}` };
        kinds[index] = plus(kinds[index] ?? [0n, 1n], times(amount(tokens[kind], rate), ...factors.map(([, f]) => f)));
      }
    }
    kinds.push(this.searchFee(found));
    const [tier] = tiers;
    return { kinds, tier: (tiers.size > 1 ? "mixed" : tier) as Outcome["tier"], notes };
  }

  searchFee(found: Found | Refused): Fraction {
    const fee = "model" in found ? (found.model.webSearch ?? "0") : "0";
    return times([BigInt(this.searches), 1n], decimal(fee), [10n ** 12n, 1n]);
  }

  /** Each kind at the contract's own rates, rounded once. */
  byOwn(rates: Record<string, string | null>, found: Found | Refused, factors: readonly Factor[]): bigint[] | Refused {
    const hasFee = "model" in found && found.model.webSearch !== null;
    if (this.searches > 0 && !hasFee) return { refused: "web_search_not_priced" };
    const kinds: bigint[] = [];
    for (const [index, kind] of KINDS.entries()) {
      const tokens = this.parts.reduce((total, part) => total + part.tokens[kind], 0);
      const rate = rates[CONTRACT_KINDS[index] ?? ""] ?? null;
      if (tokens > 0 && rate === null) return { refused: `no_rate_for_${CONTRACT_KINDS[index]}` };
      kinds.push(halfUp(times(amount(tokens, rate ?? "0"), ...factors.map(([, factor]) => factor))));
    }
    return [...kinds, whole(this.searchFee(found))];
  }

  price(given: readonly string[]): Outcome {
    const notes = new Set(given);
    if (this.name !== this.sent) notes.add("by_alias");
    const refuse = (reason: string): Outcome => refusal(reason, notes);
    const found = this.find();
    const own = this.ownRates();
    const unpriced = this.parts.find((part) => part.unpricedReason)?.unpricedReason;
    if (unpriced && (own || "row" in found)) return refuse(unpriced);
    const factors = this.factors(found);
    if (own && "refused" in factors) return refuse(factors.refused);
    const list = "refused" in found ? found : "refused" in factors ? factors : this.list(found, factors);
    const known = "refused" in factors ? [] : factors;
    const listCost = "refused" in list ? null : sum(list.kinds.map(whole));
    if (own) {
      const cost = this.byOwn(own.rates, found, known);
      if ("refused" in cost) return refuse(cost.refused);
      for (const note of "notes" in found ? found.notes : []) if (note !== "price_change_day") notes.add(note);
      const multipliers = known.map(([label]) => label);
      return this.outcome({ cost, list: listCost, priceId: `contract/${own.id}`, tier: "base", multipliers }, notes);
    }
    if ("refused" in found) return refuse(found.refused);
    if ("refused" in list) return refuse(list.refused);
    for (const note of list.notes) notes.add(note);
    // In the order of their first day, and of the contract where that is the same.
    const terms = this.adjustments().sort((a, b) => (a.from === b.from ? 0 : a.from < b.from ? -1 : 1));
    const discounts = terms.map(({ id, percent }): Factor => {
      const [n, d] = decimal(percent);
      const factor: Fraction = [100n * d + n, 100n * d];
      return [`contract/${id}_${Number(factor[0]) / Number(factor[1])}`, factor];
    });
    const cost = list.kinds.map((kind) => halfUp(times(kind, ...discounts.map(([, factor]) => factor))));
    const { provider, id } = found.model;
    const priceId = `${provider}/${id}${this.call.usage.speed === "fast" ? "/fast" : ""}@${found.row.from}`;
    const multipliers = [...known, ...discounts].map(([label]) => label);
    return this.outcome({ cost, list: listCost, priceId, tier: list.tier, multipliers }, notes);
  }

  outcome(
    priced: Omit<Outcome, "status" | "reason" | "notes" | "total"> & { cost: bigint[] },
    notes: Set<string>,
  ): Outcome {
    const isGuess = (note: string) => /:assumed_|^incomplete_stream$|^tier_ambiguous$/.test(note);
    const isEstimated = this.call.usage.source === "estimated" || [...notes].some(isGuess);
    const status = isEstimated ? "estimated" : "priced";
    const total = sum(priced.cost);
    // A column of the database holds 64 bits, one of them the sign.
    if ([total, priced.list ?? 0n].some((cost) => cost >= 2n ** 63n)) return refusal("cost_out_of_range", notes);
    return { ...priced, status, reason: null, total, notes: [...notes] };
  }
}

function refusal(reason: string, notes: Set<string>): Outcome {
  const nothing = { cost: null, total: null, list: null, priceId: null, tier: null, multipliers: [] };
  return { ...nothing, status: "unpriced", reason, notes: [...notes] };
}

function priceAgain(call: RandomCall): (Billed & Outcome)[] {
  const { usage, context } = call;
  const isError = context.statusCode >= 400;
  const isRefused = context.provider === "anthropic" && context.stopReason === "refusal";
  const isBilled = (part: Part) =>
    part.billable && !isError && !(isRefused && part === usage.parts[0] && part.tokens.output === 0);
  const ids = [...new Set(usage.parts.map((part) => idOf(part.model)))];
  return (isError ? ids.slice(0, 1) : ids).map((model, line) => {
    const all = usage.parts.filter((part) => idOf(part.model) === model);
    const parts = all.filter(isBilled);
    const isFree = parts.length === 0;
    const webSearchRequests = line === 0 && !isFree ? usage.webSearchRequests : 0;
    const tokens = Object.fromEntries(
      KINDS.map((kind) => [kind, parts.reduce((count, part) => count + part.tokens[kind], 0)]),
    ) as PricedLine["tokens"];
    const notes = new Set(line === 0 ? usage.notes : []);
    if (!isError) for (const note of all.flatMap((part) => part.notes ?? [])) notes.add(note);
    if (!isError && parts.length < all.length) notes.add("declined_before_output:not_billed");
    const billed = { line, model, sentModel: (parts[0] ?? all[0])?.model ?? "", parts, tokens, webSearchRequests };
    if (!isFree) return { ...billed, ...new Line(call, parts, webSearchRequests).price([...notes]) };
    return {
      ...billed,
      ...{ status: "not_billable", reason: isError ? "http_error" : "declined_before_output" },
      ...{ cost: [0n, 0n, 0n, 0n, 0n, 0n], total: 0n, list: 0n, priceId: null, tier: null, multipliers: [] },
      notes: [...notes],
    };
  });
}

function priceByEngine({ usage, context, contract }: RandomCall): (Billed & Outcome)[] {
  const overrides = contract.map((stored) => overrideSchema.parse(stored));
  const overlapping = checkContract(overrides, LIST_PRICES.book).filter(({ message }) =>
    message.startsWith("Overlaps"),
  );
  expect(overlapping).toEqual([]);
  const prices: Prices = { ...LIST_PRICES, contract: toContract(overrides, LIST_PRICES.book) };
  return priceCall(usage, context, prices).map(({ cost, costUsdPicos, listCostUsdPicos, ...line }) => ({
    ...line,
    cost: cost && [...KINDS, "webSearch" as const].map((kind) => cost[kind]),
    total: costUsdPicos,
    list: listCostUsdPicos,
  }));
}

const MET = [
  ...["priced", "estimated", "http_error", "declined_before_output", "unknown_model", "platform_not_priced"],
  ...["no_price_on_date", "fast_not_priced", "audio_not_priced", "web_search_not_priced", "service_tier_not_priced"],
  ...["priority_tier_commitment", "speed_not_priced", "inference_geo_not_priced", "no_rate_for_input"],
  ...["no_rate_for_cache_create_5m", "no_rate_for_cache_create_1h", "no_rate_for_cache_read", "no_rate_for_output"],
  "cost_out_of_range",
  ...["base", "long", "fast", "fast_long", "mixed", "no tier", "batch_0.5", "us_1.1", "regional_1.1", "contract"],
  ...["own rates", "own rates without list price", "contracted cost is not list cost"],
];

/** By the hundred under mutation testing, where each of them is priced for every mutant. */
const CALLS = Number(process.env.EXACT_CALLS ?? 10_000);

test(`${CALLS} random calls cost the same by two independent ways`, () => {
  const seen = new Set<string>();
  for (let number = 0; number < CALLS; number += 1) {
    const call = randomCall(number);
    const outcomes = priceByEngine(call);
    expect(outcomes, `call ${number}`).toEqual(priceAgain(call));
    for (const { status, reason, tier, multipliers, list, total, priceId } of outcomes) {
      for (const what of [
        reason ?? status,
        tier ?? "no tier",
        ...multipliers.map((label) => label.replace(/\/.*/, "")),
      ])
        seen.add(what);
      if (priceId?.startsWith("contract/")) seen.add(list === null ? "own rates without list price" : "own rates");
      if (total !== list) seen.add("contracted cost is not list cost");
    }
  }
  // What random calls prove is what they come across.
  if (CALLS >= 10_000) expect([...seen].toSorted()).toEqual(MET.toSorted());
}, 120_000);
