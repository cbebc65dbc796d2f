import { expect, test } from "@playwright/test";
import { asShown, readReport } from "./read-api";

const RELIABILITY = "/acme-assist/reliability";
const percent = (ratio: unknown) => `${(Number(ratio) * 100).toFixed(2)}%`;

test("what retries cost is what the API says, by feature, and adds up", async ({ page, request }) => {
  const { rows, totals } = await readReport(request, "retry-cost");
  await page.goto(`${RELIABILITY}?env=production`);
  const table = page.getByRole("table", { name: "Spent on retries" });
  const [first] = rows;
  const row = table.getByRole("row", { name: String(first?.feature) });
  await expect(row).toContainText(asShown(first?.retry_cost_usd));
  await expect(row).toContainText(percent(first?.retry_cost_share));
  await expect(table.locator("tfoot")).toContainText(asShown(totals.retry_cost_usd));
});

test("errors over time count what the API counts, and lead to the calls behind", async ({ page, request }) => {
  const { totals } = await readReport(request, "error-rates");
  await page.goto(`${RELIABILITY}?env=production&unit=count`);
  await expect(page.getByRole("slider", { name: /^Failed attempts, counted, a day a point/ })).toBeVisible();
  const limited = page.getByRole("row", { name: /429 rate limited/ }).first();
  await expect(limited).toContainText(Number(totals.rate_limited).toLocaleString("en-US"));
  await limited.getByRole("link", { name: "429 rate limited" }).click();
  await expect(page).toHaveURL(/\/calls\?.*filter\.status=429/);
});

test("a few hours are drawn by the minute", async ({ page }) => {
  const to = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000);
  const from = new Date(to.getTime() - 6 * 3_600_000);
  await page.goto(`${RELIABILITY}?from=${from.toJSON()}&to=${to.toJSON()}`);
  await expect(page.getByRole("slider", { name: /a minute a point/ })).toBeVisible();
});

test("the storm's chains of attempts stand out, and most operations take one", async ({ page, request }) => {
  const { rows } = await readReport(request, "attempts-per-operation", "period=24h");
  await page.goto(`${RELIABILITY}?period=24h&env=production`);
  const table = page.getByRole("table", { name: "Attempts per operation" });
  await expect(table.getByRole("row").nth(1)).toContainText(percent(rows[0]?.share_of_operations));
  await expect(table.getByRole("row", { name: /^5 to \d+/ })).toBeVisible();
});

test("latency is told by percentiles of the calls, by model, feature or both", async ({ page, request }) => {
  const { rows } = await readReport(request, "latency-percentiles");
  await page.goto(`${RELIABILITY}?env=production`);
  const table = page.getByRole("table", { name: "Latency" });
  const row = table.getByRole("row", { name: String(rows[0]?.model) });
  await expect(row).toContainText(Number(rows[0]?.latency_calls).toLocaleString("en-US"));
  await page.getByRole("navigation", { name: "Latency by" }).getByRole("link", { name: "model and feature" }).click();
  await expect(page).toHaveURL(/split=both/);
  await expect(table.getByRole("columnheader", { name: "Feature" })).toBeVisible();
  await expect(table.locator("tfoot")).toContainText("All calls together");
});
