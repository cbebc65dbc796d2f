import { COST_KINDS, type CostKind, type UsageCell, type UsageSide } from "./schema";

/** Adds up figures by kind; zero of every kind for none. */
export function sumKinds(all: readonly Readonly<Record<CostKind, bigint>>[]): Record<CostKind, bigint> {
  return Object.fromEntries(
    COST_KINDS.map((kind) => [kind, all.reduce((sum, kinds) => sum + kinds[kind], 0n)]),
  ) as Record<CostKind, bigint>;
}

/** What the cells of one side of a comparison come to. */
export function sideOf(cells: readonly UsageCell[]): UsageSide {
  const tokens = sumKinds(cells.map((cell) => cell.tokens));
  const calls = cells.reduce((sum, cell) => sum + cell.calls, 0n);
  const costUsdPicos = Object.values(sumKinds(cells.map(({ cost }) => cost))).reduce((sum, kind) => sum + kind, 0n);
  const prompt = tokens.input + tokens.cacheCreate5m + tokens.cacheCreate1h + tokens.cacheRead;
  const models = new Map<string, bigint>();
  for (const { model, calls } of cells) models.set(model, (models.get(model) ?? 0n) + calls);
  return {
    calls,
    retries: cells.reduce((sum, cell) => sum + (cell.isRetry ? cell.calls : 0n), 0n),
    costUsdPicos,
    costPerCallUsdPicos: calls > 0n ? (costUsdPicos + calls / 2n) / calls : null,
    cacheHit: prompt > 0n ? Number(tokens.cacheRead) / Number(prompt) : null,
    inputTokensPerCall: calls > 0n ? Number(prompt) / Number(calls) : null,
    tokens,
    models,
  };
}
