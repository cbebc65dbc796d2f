import { COST_KINDS, type CostKind, type UsageCell, type UsageSide } from "./schema";

/** Adds up figures by kind; zero of every kind for none. */
export function sumKinds(all: readonly Readonly<Record<CostKind, bigint>>[]): Record<CostKind, bigint> {
  return Object.fromEntries(
    COST_KINDS.map((kind) => [kind, all.reduce((sum, kinds) => sum + kinds[kind], 0n)]),
  ) as Record<CostKind, bigint>;
}

/** The calls of a cell that have a price: unknown is not nothing, so the others must not make a call look cheap. */
export function pricedCallsOf({ calls, unpriced = 0n }: Pick<UsageCell, "calls" | "unpriced">): bigint {
  return calls > unpriced ? calls - unpriced : 0n;
}

/** What the cells of one side of a comparison come to. */
export function sideOf(cells: readonly UsageCell[]): UsageSide {
  const tokens = sumKinds(cells.map((cell) => cell.tokens));
  const total = (of: (cell: UsageCell) => bigint) => cells.reduce((sum, cell) => sum + of(cell), 0n);
  const calls = total((cell) => cell.calls);
  const pricedCalls = total(pricedCallsOf);
  const costUsdPicos = Object.values(sumKinds(cells.map(({ cost }) => cost))).reduce((sum, kind) => sum + kind, 0n);
  const prompt = tokens.input + tokens.cacheCreate5m + tokens.cacheCreate1h + tokens.cacheRead;
  const models = new Map<string, bigint>();
  for (const { model, calls } of cells) models.set(model, (models.get(model) ?? 0n) + calls);
  return {
    calls,
    pricedCalls,
    retries: total((cell) => (cell.isRetry ? cell.calls : 0n)),
    errors: total(({ errors = 0n }) => errors),
    rateLimited: total(({ rateLimited = 0n }) => rateLimited),
    costUsdPicos,
    costPerCallUsdPicos: pricedCalls > 0n ? (costUsdPicos + pricedCalls / 2n) / pricedCalls : null,
    cacheHit: prompt > 0n ? Number(tokens.cacheRead) / Number(prompt) : null,
    inputTokensPerCall: calls > 0n ? Number(prompt) / Number(calls) : null,
    tokens,
    models,
  };
}
