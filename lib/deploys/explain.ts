import { formatCount, formatPercent } from "@/lib/format";
import { type Change, type Decomposition, type FeatureChange, PARTS, type Part, type UsageSide } from "./schema";

/** Under this share of what was spent before, a part is noise. */
const NOISE = 0.0005;
const MINUS = "−";

const size = (value: bigint) => (value < 0n ? -value : value);
const mean = (tokens: bigint, calls: bigint) => (calls > 0n ? Number(tokens) / Number(calls) : 0);
const rounded = (value: number) => formatCount(Math.round(value));
const percent = (ratio: number | null) => (ratio === null ? "none" : formatPercent(ratio));

/** `name` without a service tier that says nothing. */
const modelName = (model: string) => model.replace(/ standard$/, "");

function explainVolume({ before, after }: Change): string {
  const tries = (side: UsageSide) => side.calls - side.retries;
  const [was, is] = [tries(before), tries(after)];
  if (was === is) return `${formatCount(is)} first tries, as before`;
  if (was === 0n) return `${formatCount(is)} first tries, none before`;
  const share = Number(is - was) / Number(was);
  const sign = is > was ? "+" : MINUS;
  return `${formatCount(size(is - was))} ${is > was ? "more" : "fewer"} first tries, ${sign}${formatPercent(Math.abs(share))}`;
}

/** One model and tier can have more than one rate: long prompts, fast answers and some places cost more a token. */
function explainPrice({ after, parts }: Change): string {
  const share = Number(parts.price) / Math.max(1, Number(after.costUsdPicos - parts.price));
  return `rates a token ${share < 0 ? MINUS : "+"}${formatPercent(Math.abs(share))}, by a price or by prompt length, speed or place`;
}

function explainModelMix({ before, after }: Change): string {
  const share = (side: UsageSide, model: string) => mean(side.models.get(model) ?? 0n, side.calls);
  const models = [...new Set([...after.models.keys(), ...before.models.keys()])];
  const moved = (model: string) => Math.abs(share(after, model) - share(before, model));
  const most = models.sort((a, b) => moved(b) - moved(a))[0] ?? "";
  return `${modelName(most)} ${percent(share(before, most))} to ${percent(share(after, most))} of calls`;
}

function explainFreshInput({ before, after }: Change): string {
  const per = ({ tokens, calls }: UsageSide) => mean(tokens.input, calls);
  return `${rounded(per(before))} to ${rounded(per(after))} fresh tokens a call`;
}

function explainCache({ before, after }: Change): string {
  const per = ({ tokens, calls }: UsageSide) => ({
    reads: mean(tokens.cacheRead, calls),
    writes: mean(tokens.cacheCreate5m + tokens.cacheCreate1h, calls),
    fresh: mean(tokens.input, calls),
  });
  const [was, is] = [per(before), per(after)];
  const hit = `hit ${percent(before.cacheHit)} to ${percent(after.cacheHit)}`;
  const [lost, gained] = [was.reads - is.reads, is.reads - was.reads];
  // At least half of the reads that went must be found again before it is said where they are.
  if (lost > 0 && is.writes - was.writes >= lost / 2) return `reads became writes, ${hit}`;
  if (lost > 0 && is.fresh - was.fresh >= lost / 2) return `reads became fresh input, ${hit}`;
  if (gained > 0 && was.writes - is.writes >= gained / 2) return `writes became reads, ${hit}`;
  if (gained > 0 && was.fresh - is.fresh >= gained / 2) return `fresh input became reads, ${hit}`;
  return `${rounded(was.reads)} to ${rounded(is.reads)} read, ${rounded(was.writes)} to ${rounded(is.writes)} written a call, ${hit}`;
}

function explainOutput({ before, after }: Change): string {
  const per = ({ tokens, calls }: UsageSide) => mean(tokens.output, calls);
  return `${rounded(per(before))} to ${rounded(per(after))} output tokens a call`;
}

function explainRetries({ before, after }: Change): string {
  return `${formatCount(before.retries)} to ${formatCount(after.retries)} retries`;
}

const EXPLAIN: Readonly<Record<Part, (change: Change) => string>> = {
  volume: explainVolume,
  price: explainPrice,
  modelMix: explainModelMix,
  freshInput: explainFreshInput,
  cache: explainCache,
  output: explainOutput,
  retries: explainRetries,
};

const NONE: Readonly<Record<Part, string>> = {
  volume: "as many first tries as before",
  price: "the same rates a token",
  modelMix: "the same models",
  freshInput: "as much fresh input a call",
  cache: "the cache works as before",
  output: "as much output a call",
  retries: "as many retries",
};

function isNoise(amount: bigint, change: Change): boolean {
  return Number(size(amount)) < NOISE * Number(change.before.costUsdPicos);
}

/** Why each part is what it is, in words, by the feature that contributes most: "support-reply: reads became writes, hit 81.2% to 0.2%". */
export function explainParts({ features, total }: Decomposition): Readonly<Record<Part, string>> {
  const words = PARTS.map((part) => {
    const amount = total.parts[part];
    const most = features.reduce<FeatureChange | null>(
      (best, one) => (!best || size(one.parts[part]) > size(best.parts[part]) ? one : best),
      null,
    );
    if (!most || (amount === 0n && most.parts[part] === 0n)) return [part, NONE[part]];
    if (part === "volume") return [part, explainVolume(total)];
    if (isNoise(amount, total)) return [part, "within noise"];
    return [part, `${most.feature}: ${EXPLAIN[part](most)}`];
  });
  return Object.fromEntries(words) as Record<Part, string>;
}

/** The part of a feature's effect that weighs most, volume aside, and why; null when nothing but volume changed. */
export function explainFeature(
  feature: FeatureChange,
): Readonly<{ part: Part; amountUsdPicos: bigint; why: string }> | null {
  const part = PARTS.filter((one) => one !== "volume").reduce((best, one) =>
    size(feature.parts[one]) > size(feature.parts[best]) ? one : best,
  );
  const amountUsdPicos = feature.parts[part];
  return amountUsdPicos === 0n ? null : { part, amountUsdPicos, why: EXPLAIN[part](feature) };
}

/** The one feature and part that makes most of the effect, and its share of it; null when there is no effect. */
export function mainCause(
  decomposition: Decomposition,
): Readonly<{ feature: string; part: Part; amountUsdPicos: bigint; share: number; why: string }> | null {
  const effect = decomposition.total.effectUsdPicos;
  if (effect === 0n) return null;
  const causes = decomposition.features.flatMap((feature) => {
    const cause = explainFeature(feature);
    // A cause pulls the way the whole went.
    return cause && cause.amountUsdPicos > 0n === effect > 0n ? [{ feature: feature.feature, ...cause }] : [];
  });
  const main = causes.sort((a, b) => Number(size(b.amountUsdPicos) - size(a.amountUsdPicos)))[0];
  return main ? { ...main, share: Number(main.amountUsdPicos) / Number(effect) } : null;
}
