import type { PricedEntry } from "@/lib/estimates/price-line";
import type { FieldError } from "@/lib/ingest/schema";
import { type PricedLine, TOKEN_KINDS } from "@/lib/pricing/schema";

export const GROUPS = ["model", "feature", "tenant"] as const;
export type Group = (typeof GROUPS)[number];

/** Sums of calls. Money in picodollars, of priced calls only. */
export type Sums = {
  calls: number;
  tokens: bigint;
  costUsdPicos: bigint;
  /** Null as soon as one price of the contract has no list price beside it. */
  listCostUsdPicos: bigint | null;
  estimatedCalls: number;
  unpricedCalls: number;
};

export type Unpriced = { model: string; reason: string; calls: number; tokens: bigint };
export type BadLine = Readonly<{ file: string; line: number; errors: readonly FieldError[] }>;

const SHOWN_BAD_LINES = 20;

/** Adds up priced calls, overall and by group. Its size goes with the number of groups, not with that of calls. */
export class Tally {
  readonly total = emptySums();
  readonly groups = new Map<string, Sums>();
  readonly unpriced = new Map<string, Unpriced>();
  /** The first of them. */
  readonly badLines: BadLine[] = [];
  badLineCount = 0;

  constructor(readonly groupBy: Group) {}

  add({ tenant, feature, lines }: PricedEntry): void {
    if (lines.length === 0) this.#addCall([this.total, this.#group(null)], []);
    for (const [index, line] of lines.entries()) {
      const key = { model: line.model, feature, tenant }[this.groupBy];
      const sums = [this.total, this.#group(key)];
      if (index === 0) this.#addCall(sums, lines);
      for (const sum of sums) addLine(sum, line);
      if (line.costUsdPicos === null) this.#addUnpriced(line);
    }
  }

  addBadLine(bad: BadLine): void {
    this.badLineCount += 1;
    if (this.badLines.length < SHOWN_BAD_LINES) this.badLines.push(bad);
  }

  #group(key: string | null): Sums {
    const name = key ?? "none";
    const known = this.groups.get(name) ?? emptySums();
    this.groups.set(name, known);
    return known;
  }

  /** A call that two models served is one call, in the group of the model that answered. */
  #addCall(sums: readonly Sums[], lines: readonly PricedLine[]): void {
    const isUnpriced = lines.some(({ status }) => status === "unpriced");
    const isEstimated = lines.some(({ status }) => status === "estimated");
    for (const sum of sums) {
      sum.calls += 1;
      if (isUnpriced) sum.unpricedCalls += 1;
      else if (isEstimated) sum.estimatedCalls += 1;
    }
  }

  #addUnpriced({ model, reason, tokens }: PricedLine): void {
    const key = JSON.stringify([model, reason]);
    const known = this.unpriced.get(key) ?? { model, reason: reason ?? "unpriced", calls: 0, tokens: 0n };
    known.calls += 1;
    known.tokens += sumTokens(tokens);
    this.unpriced.set(key, known);
  }
}

function emptySums(): Sums {
  return { calls: 0, tokens: 0n, costUsdPicos: 0n, listCostUsdPicos: 0n, estimatedCalls: 0, unpricedCalls: 0 };
}

function sumTokens(tokens: PricedLine["tokens"]): bigint {
  return BigInt(TOKEN_KINDS.reduce((sum, kind) => sum + tokens[kind], 0));
}

function addLine(sums: Sums, { tokens, costUsdPicos, listCostUsdPicos }: PricedLine): void {
  sums.tokens += sumTokens(tokens);
  if (costUsdPicos === null) return;
  sums.costUsdPicos += costUsdPicos;
  const isListed = sums.listCostUsdPicos !== null && listCostUsdPicos !== null;
  sums.listCostUsdPicos = isListed ? (sums.listCostUsdPicos ?? 0n) + listCostUsdPicos : null;
}
