import { cache } from "react";
import type { Scope } from "@/lib/auth/scope";
import { adviseFeatures } from "@/lib/cache/advise";
import { describeStability } from "@/lib/cache/prefix-stability";
import { readLengths } from "@/lib/cache/read-lengths";
import { readPrefixes } from "@/lib/cache/read-prefixes";
import { readCachePrices } from "@/lib/cache/read-prices";
import { readReuse } from "@/lib/cache/read-reuse";
import { MAX_LIMIT } from "@/lib/reports/query";
import { runReport } from "@/lib/reports/registry";
import { mayScan } from "../panels/may-scan";
import type { View } from "../view";

/** What caching saved by feature, from the rollups, in the order of the page. Once a request. */
export const readSavings = cache((scope: Scope, { query }: View) =>
  runReport(scope, "cache-savings", { ...query, bucket: null, limit: MAX_LIMIT }),
);

const pricesOf = cache(readCachePrices);

/** How the prefixes of the period were used again: reads its calls. Once a request. */
export const readUse = cache(async (scope: Scope, view: View) => {
  await mayScan(view, "main");
  const { period, filters } = view.query;
  return readReuse(scope, await pricesOf(scope), { period, filters, asOf: view.now });
});

/** Which lifetime would have been cheaper, by feature. Once a request. */
export const readAdvice = cache(async (scope: Scope, view: View) =>
  adviseFeatures(await readUse(scope, view), await pricesOf(scope)),
);

/** How stable the prefixes of each feature are: reads the calls of the period. Once a request. */
export const readStability = cache(async (scope: Scope, view: View) => {
  await mayScan(view, "main");
  const [prefixes, cells] = await Promise.all([readPrefixes(scope, view.query), readUse(scope, view)]);
  return describeStability(prefixes, cells);
});

/** How long prompts are, and which are too short for their model: reads the calls of the period. Once a request. */
export const readPromptLengths = cache(async (scope: Scope, view: View) => {
  await mayScan(view, "main");
  return readLengths(scope, (await pricesOf(scope)).book, view.query);
});
