import type { APIRequestContext } from "@playwright/test";
import { expect } from "@playwright/test";

type ReportJson = Readonly<{
  rows: readonly Readonly<Record<string, string | number | null>>[];
  totals: Readonly<Record<string, string | number | null>>;
  row_count: number;
}>;

/** A report over the public API, with the key that the demo printed. `query` is everything after the question mark. */
export async function readReport(request: APIRequestContext, report: string, query = ""): Promise<ReportJson> {
  const answer = await request.get(`/api/v1/reports/${report}?${query}`, {
    headers: { authorization: `Bearer ${process.env.E2E_API_KEY}` },
  });
  expect(answer.status(), await answer.text()).toBe(200);
  return answer.json();
}

/** Decimal dollars of the API as the page writes a sum: `1234.567` → `$1,234.57`. */
export function asShown(usd: unknown): string {
  const [whole = "0", fraction = ""] = String(usd).split(".");
  const cents =
    BigInt(whole) * 100n + (BigInt(fraction.padEnd(12, "0").slice(0, 12)) + 5_000_000_000n) / 10_000_000_000n;
  const dollars = (cents / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ",");
  return `$${dollars}.${(cents % 100n).toString().padStart(2, "0")}`;
}
