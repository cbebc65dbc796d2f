import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { isUnpriced } from "@/app/[project]/panels/summarize";
import { adviceFor } from "@/app/[project]/settings/unpriced/advice";
import { callsHref, repriceHref } from "@/app/[project]/settings/unpriced/links";
import type { InboxEntry } from "@/app/[project]/settings/unpriced/read-inbox";
import { CoverageLine } from "@/components/shell/coverage-note";
import type { Coverage } from "@/lib/reports/schema";

const CONTRACT = "/acme/settings/contract";

describe("what can be done about calls without a price", () => {
  const linksFor = (reason: string, sentModel = "acme large/2", platform = "openrouter") =>
    adviceFor({ reason, sentModel, platform }, CONTRACT).remedies.map(({ href }) => href);
  const alias = `${CONTRACT}?new=alias&model=acme+large%2F2`;
  const rates = `${CONTRACT}?new=rates&model=acme+large%2F2`;

  test("a model that is not known gets another's name or a price", () => {
    expect(linksFor("unknown_model")).toEqual([alias, rates]);
  });

  test("a platform of its own prices gets what it adds, or a price", () => {
    expect(linksFor("platform_not_priced")).toEqual([`${CONTRACT}?new=adjustment&platform=openrouter`, rates]);
  });

  test("days and token kinds without a rate get a price", () => {
    expect(linksFor("no_price_on_date")).toEqual([rates]);
    expect(linksFor("no_rate_for_cache_create_1h")).toEqual([rates]);
  });

  test.each([
    "fast_not_priced",
    "speed_not_priced",
    "service_tier_not_priced",
    "inference_geo_not_priced",
    "web_search_not_priced",
    "audio_not_priced",
    "priority_tier_commitment",
    "a reason of a later version",
  ])("%s is not for an override to say", (reason) => {
    expect(linksFor(reason)).toEqual([]);
    expect(adviceFor({ reason, sentModel: "m", platform: "p" }, CONTRACT).text).toMatch(/\.$/);
  });
});

describe("links of the inbox", () => {
  const entry: InboxEntry = {
    provider: "anthropic",
    model: "claude-mythos-preview",
    calls: 67n,
    tokens: 8_600_000n,
    firstDay: new Date("2026-11-15"),
    lastDay: new Date("2026-11-20"),
    tenants: { names: ["Litware"], count: 1 },
    features: { names: ["agent-run"], count: 1 },
    causes: [],
  };

  test("lead to all calls of the model without a price, last day included", () => {
    expect(callsHref("acme", entry)).toBe(
      "/acme/calls?from=2026-11-15&to=2026-11-21&filter.pricing=unpriced&filter.provider=anthropic&filter.model=claude-mythos-preview",
    );
  });

  test("lead to re-pricing the days that have a price now; from the first day on where only the newest were read", () => {
    const pricedNow = { calls: 40n, from: new Date("2026-11-17"), to: new Date("2026-11-21") };
    const since = (day: string) =>
      `/acme/settings/reprice?models=claude-mythos-preview&from=${day}&to=2026-11-21&reason=claude-mythos-preview+has+a+price+now`;
    expect(repriceHref("acme", entry, pricedNow, false)).toBe(since("2026-11-17"));
    expect(repriceHref("acme", entry, pricedNow, true)).toBe(since("2026-11-15"));
  });
});

describe("coverage in the header of a page", () => {
  const markupOf = (changes: Partial<Coverage>, droppedCalls = 0n) => {
    const all = { calls: 0n, tokens: 0n, unpricedCalls: 0n, unpricedTokens: 0n, estimatedCalls: 0n };
    const coverage = { ...all, estimatedCostUsdPicos: 0n, ...changes };
    const hrefs = { inboxHref: "/acme/settings/unpriced", sourcesHref: "/acme/settings/sources?period=28d" };
    return renderToStaticMarkup(createElement(CoverageLine, { coverage, droppedCalls, ...hrefs }));
  };
  const textOf = (...args: Parameters<typeof markupOf>) => markupOf(...args).replace(/<[^>]+>/g, "");

  test("says the share of calls and of tokens, never 100 % while one is missing, and estimated calls apart", () => {
    const missing = { calls: 4_553_891n, tokens: 31_200_000_000n, unpricedCalls: 1n, unpricedTokens: 1n };
    expect(textOf({ ...missing, estimatedCalls: 4_118n, estimatedCostUsdPicos: 61_070_000_000_000n })).toBe(
      "Priced: 99.99% of 4,553,891 calls, 99.99% of 31.2B tokens. 1 call unpriced, in no total. 4,118 estimated, $61.07.",
    );
  });

  test("says that all is priced, and when there is nothing to price", () => {
    expect(textOf({ calls: 12n, tokens: 3_400n })).toBe("All 12 calls priced, 3,400 tokens.");
    expect(textOf({})).toBe("No calls to price");
  });

  test("says what never arrived, and leads to why", () => {
    expect(textOf({ calls: 12n, tokens: 3_400n }, 1_277n)).toBe(
      "All 12 calls priced, 3,400 tokens. 1,277 calls dropped by clients of the project, in no total.",
    );
    expect(textOf({}, 1n)).toBe("No calls to price. 1 call dropped by clients of the project, in no total.");
    expect(markupOf({}, 1n)).toContain('href="/acme/settings/sources?period=28d"');
  });

  test("counts what further models of a call used though the call itself is another's", () => {
    expect(textOf({ calls: 0n, tokens: 50n, unpricedCalls: 2n, unpricedTokens: 50n })).toBe(
      "Priced: 0.00% of 0 calls, 0.00% of 50 tokens. 2 calls unpriced, in no total.",
    );
  });
});

test("a sum of nothing but unpriced calls is unknown, not $0; one priced cent, or no call at all, is a sum", () => {
  expect(isUnpriced({ cost: 0n, unpriced_calls: 3n })).toBe(true);
  expect(isUnpriced({ cost: 10_000_000_000n, unpriced_calls: 3n })).toBe(false);
  expect(isUnpriced({ cost: 0n, unpriced_calls: 0n })).toBe(false);
});
