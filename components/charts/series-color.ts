/** The order in which entities take colours: by spend, the dearest first. Neighbours differ also for the colour-blind. */
const PALETTE = [1, 2, 3, 4, 6, 5, 7, 8].map((index) => `var(--chart-${index})`);

export const OTHER_COLOR = "var(--chart-other)";

/** How many series a stack shows by name; the rest is one grey series. */
export const STACKED = 5;

export type SeriesColors = Readonly<Record<string, string>>;

/**
 * Gives each of the dearest `count` entities its colour, by order of spend. Make it once for a page and hand the same
 * map to chart, legend, table and drill-down: a colour follows its entity, not its rank.
 */
export function assignColors(keysBySpend: readonly string[], count: number = STACKED): SeriesColors {
  return Object.fromEntries(
    keysBySpend.slice(0, Math.min(count, PALETTE.length)).map((key, at) => [key, PALETTE[at] ?? OTHER_COLOR]),
  );
}

/** An entity's colour; grey when it is among the others. */
export function colorOf(colors: SeriesColors, key: string): string {
  return colors[key] ?? OTHER_COLOR;
}

/** The five token kinds in their fixed order, with their fixed colours. */
export const TOKEN_KINDS = [
  { key: "fresh", label: "Fresh", color: "var(--tok-fresh)" },
  { key: "cache_write_5m", label: "Cache write 5m", color: "var(--tok-write-5m)" },
  { key: "cache_write_1h", label: "Cache write 1h", color: "var(--tok-write-1h)" },
  { key: "cache_read", label: "Cache read", color: "var(--tok-read)" },
  { key: "output", label: "Output", color: "var(--tok-output)" },
] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number]["key"];
