import type { StoredOverride } from "@/lib/pricing/contract-schema";
import { type PricingContext, TOKEN_KINDS, type TokenCounts, type Usage, type UsagePart } from "@/lib/pricing/schema";
import { createRandom, type Random } from "@/prisma/seed/random";
import { RAW_KINDS, RAW_MODELS, type RawModel, SPELLINGS } from "@/tests/support/price-files";

export type RandomCall = Readonly<{
  usage: Usage;
  context: PricingContext;
  contract: readonly StoredOverride[];
  /** What may hold in its place one day. */
  laterContract: readonly StoredOverride[];
}>;

const DAY_MS = 86_400_000;
const LAST_DAY = Date.parse("2026-12-31");
const OUR_OWN = RAW_MODELS.filter(({ provider }) => provider === "anthropic");
const OTHERS = RAW_MODELS.filter(({ provider }) => provider !== "anthropic");
const UNKNOWN = ["in-house-1", "claude-mythos-preview", "us.anthropic.claude-opus-9"] as const;
/** Names that only a contract gives a meaning; each may stand for a later one. */
const HOUSE_NAMES = ["house-0", "house-1", "house-2"] as const;
const PLATFORMS = ["anthropic", "bedrock", "vertex", "foundry", "claude_platform_on_aws", "openrouter"] as const;
const TEXTS = new Map(RAW_MODELS.map((model) => [model, [...SPELLINGS].filter(([, { model: of }]) => of === model)]));

/** The call of a number and the contract under which it was made: the same in every run, every corner within a few hundred. */
export function randomCall(number: number): RandomCall {
  const random = createRandom(`call ${number}`);
  const model = pick(random, random.chance(0.6) ? OUR_OWN : OTHERS);
  const isOurs = model.provider === "anthropic";
  const occurredAt = randomMoment(random, model);
  const context: PricingContext = {
    provider: model.provider,
    platform: platformOf(random, model),
    occurredAt,
    location: random.pick([null, null, "global", "Global", "us-east-1"]),
    stopReason: random.pick(["end_turn", "end_turn", null, "refusal"]),
    statusCode: often(random, 200, 0.96, [400, 429, 399]),
  };
  const usage: Usage = {
    parts: randomParts(random, model),
    webSearchRequests: random.chance(0.15) ? 1 + random.below(5) : 0,
    serviceTier: often(random, "standard", isOurs ? 0.65 : 0.9, ["batch", "batch", "priority", "flex"]),
    speed: often(random, "standard", model.fast_mode?.length ? 0.5 : 0.95, ["fast", "fast", "fast", "fast", "turbo"]),
    inferenceGeo: isOurs
      ? random.pick([null, "global", "us", "us", "eu"])
      : often(random, null, 0.9, ["us", "not_available"]),
    notes: random.pick([[], [], [], ["incomplete_stream"], ["ttl_split_incomplete:rest_5m"]]),
    source: random.chance(0.1) ? "estimated" : "provider",
  };
  const contract = random.chance(0.35) ? [] : randomContract(random, model, context);
  return { usage, context, contract, laterContract: randomContract(random, model, context) };
}

/** Any moment from shortly before the model's first price; often while one of its prices held, or at its very turn. */
function randomMoment(random: Random, { prices, fast_mode = [] }: RawModel): Date {
  const { from, to } = pick(random, [...prices, ...fast_mode]);
  const [start, end] = [Date.parse(from), to === null ? LAST_DAY : Date.parse(to)];
  if (random.chance(0.2)) return new Date(random.pick([start, end]) + random.pick([-1, 0, DAY_MS - 1, DAY_MS]));
  if (random.chance(0.7)) return new Date(start + random.below(end - start));
  const first = Date.parse(prices[0]?.from ?? "") - 2 * DAY_MS;
  return new Date(first + random.below(LAST_DAY - first));
}

function platformOf(random: Random, { provider }: RawModel): string {
  if (provider !== "anthropic") return often(random, provider, 0.9, ["vertex", "openrouter", "azure"]);
  return often(random, "anthropic", 0.4, PLATFORMS);
}

function randomParts(random: Random, model: RawModel): UsagePart[] {
  const parts = [randomPart(random, model)];
  while (parts.length < 5 && random.chance(0.25)) {
    parts.push(randomPart(random, random.chance(0.7) ? model : pick(random, OUR_OWN)));
  }
  return parts;
}

function randomPart(random: Random, model: RawModel): UsagePart {
  const tokens = randomTokens(random, model);
  const { output, ...prompt } = tokens;
  const promptTokens = Object.values(prompt).reduce((sum, count) => sum + count, 0);
  return {
    model: spell(random, model),
    tokens,
    billable: !random.chance(0.05),
    ...(random.chance(0.15) && { largestPromptTokens: Math.ceil(promptTokens / (1 + random.below(3))) }),
    ...(random.chance(0.2) && { notes: random.pick([["no_ttl_split:assumed_5m"], ["split_sum_differs"]]) }),
    ...(random.chance(0.02) && { unpricedReason: "audio_not_priced" }),
  };
}

function spell(random: Random, model: RawModel): string {
  if (random.chance(0.12)) return pick(random, [...HOUSE_NAMES, ...HOUSE_NAMES, ...UNKNOWN]);
  return random.chance(0.3) ? model.id : pick(random, TEXTS.get(model) ?? [])[0];
}

/** Nothing, a few, very many; and around the length of prompt from which the model costs more. */
function randomTokens(random: Random, { prices }: RawModel): TokenCounts {
  const count = () => (random.chance(0.4) ? 0 : random.below(random.pick([3, 2_000, 300_000, 2_000_000_000])));
  const tokens = {
    input: count(),
    cacheCreate5m: count(),
    cacheCreate1h: count(),
    cacheRead: count(),
    output: count(),
  };
  const priced = prices.at(-1)?.rates;
  for (const [index, kind] of TOKEN_KINDS.entries()) {
    // Else hardly any call of some makers would have a price.
    if (priced?.[RAW_KINDS[index] ?? "input"] === null && random.chance(0.9)) tokens[kind] = 0;
  }
  const threshold = prices.find((row) => row.long_prompt)?.long_prompt?.prompt_tokens_gt;
  if (threshold === undefined || random.chance(0.3)) return tokens;
  const cached = Math.min(tokens.cacheRead, random.below(threshold));
  const input = threshold - cached + random.pick([-1, 0, 1]);
  return { ...tokens, cacheCreate5m: 0, cacheCreate1h: 0, cacheRead: cached, input };
}

/** Terms of which most concern the call; two of the same kind for the same thing never hold on the same day. */
function randomContract(random: Random, model: RawModel, { occurredAt, platform, provider }: PricingContext) {
  const day = occurredAt.getTime();
  const overrides: StoredOverride[] = [];
  const subjects = new Set<string>();
  const dayAfter = (days: number) => new Date(day + days * DAY_MS).toISOString().slice(0, 10);
  const spans = () =>
    random.pick([
      [{ from: dayAfter(-90), to: null }],
      [{ from: dayAfter(0), to: dayAfter(1) }],
      [
        { from: dayAfter(-9), to: dayAfter(0) },
        { from: dayAfter(0), to: null },
      ],
      [
        { from: dayAfter(1), to: null },
        { from: dayAfter(-30), to: dayAfter(1) },
      ],
      [{ from: dayAfter(-9), to: dayAfter(0) }],
    ]);
  const add = (subject: unknown[], terms: () => object) => {
    const key = JSON.stringify(subject);
    if (subjects.has(key)) return;
    subjects.add(key);
    for (const span of spans()) {
      overrides.push({ id: `o${overrides.length}`, ...span, note: "", ...terms() } as StoredOverride);
    }
  };
  const idOf = (text: string) => SPELLINGS.get(text)?.model.id ?? text;
  for (const [index, name] of HOUSE_NAMES.entries()) {
    const target = () =>
      random.chance(0.3) ? pick(random, [...HOUSE_NAMES.slice(index + 1), "in-house-1"]) : spellKnown();
    if (random.chance(0.5)) add(["alias", name], () => ({ kind: "alias", model: name, target: target() }));
  }
  for (let more = random.below(3); more > 0; more -= 1) {
    const own = random.chance(0.8) ? spellKnown() : "in-house-1";
    const place = random.chance(0.4) ? platform : null;
    add(["rates", idOf(own), place], () => ({
      kind: "rates",
      model: own,
      platform: place,
      rates: randomRates(random),
    }));
  }
  for (let more = random.below(5); more > 0; more -= 1) {
    const maker = random.chance(0.4) ? random.pick([provider, provider, "openai"]) : null;
    const place = random.chance(0.3) ? platform : null;
    const of = random.chance(0.3) ? spellKnown() : null;
    add(["adjustment", maker, place, of && idOf(of)], () => ({
      kind: "adjustment",
      provider: maker,
      platform: place,
      model: of,
      percent: random.pick(["-12.5", "-100", "7", "-33.3333", "0.0001", "1000", "-0.5"]),
    }));
  }
  return overrides;

  function spellKnown(): string {
    const of = random.chance(0.8) ? model : pick(random, OUR_OWN);
    return pick(random, TEXTS.get(of) ?? [])[0];
  }
}

function randomRates(random: Random) {
  const rate = () =>
    random.pick(["0", "3", "0.000001", "1.234567", "0.0375", "10000", random.chance(0.2) ? null : "2.5"]);
  return { input: rate(), cache_create_5m: rate(), cache_create_1h: rate(), cache_read: rate(), output: rate() };
}

function often<T>(random: Random, usual: T, probability: number, others: readonly T[]): T {
  return random.chance(probability) ? usual : pick(random, others);
}

function pick<T>(random: Random, items: readonly T[]): T {
  const [first, ...others] = items;
  if (first === undefined) throw new Error("nothing to pick from");
  return random.pick([first, ...others]);
}
