import { expect, type Page, test } from "@playwright/test";
import { asShown, readReport } from "./read-api";

const CACHE = "/acme-assist/cache";
/** The sample's deploy that puts a time into the system prompt of support-reply. */
const LOST_CACHE = "a1b2c3d";

function panel(page: Page, title: string) {
  return page.locator("section").filter({ has: page.getByRole("heading", { name: title, exact: true }) });
}

test("the lost cache is named with the deploy since which its prefix is new on each call, and leads to those calls", async ({
  page,
}) => {
  await page.goto(`${CACHE}?period=7d`);
  const row = panel(page, "Unstable prefixes").getByRole("row", { name: "support-reply" });
  await expect(row).toContainText(LOST_CACHE);
  await expect(row.getByRole("cell").nth(3)).toHaveText("1.0");
  await expect(panel(page, "By feature").getByRole("row", { name: "support-reply" })).toContainText(
    "new prefix on nearly every call",
  );
  await expect(panel(page, "Cache hit by feature")).toContainText("In colour: support-reply");
  await row.getByRole("link", { name: "support-reply" }).click();
  await expect(page).toHaveURL(/\/calls\?/);
  const { searchParams } = new URL(page.url());
  expect([searchParams.get("filter.feature"), searchParams.get("filter.deploy")]).toEqual([
    "support-reply",
    LOST_CACHE,
  ]);
});

test("the figures are those of the API", async ({ page, request }) => {
  const { rows, totals } = await readReport(request, "cache-savings", "period=7d");
  const unread = await readReport(request, "unread-cache-writes", "period=7d");
  await page.goto(`${CACHE}?period=7d&env=production`);
  const figures = page.getByRole("region", { name: "Key figures" });
  await expect(figures).toContainText(`${(Number(totals.cache_hit) * 100).toFixed(1)}%`);
  await expect(figures).toContainText(asShown(totals.read_saving_usd));
  await expect(figures).toContainText(asShown(unread.totals.unread_cost_usd));
  const table = page.getByRole("table", { name: "Cache by feature" });
  for (const row of rows.filter((one) => Number(one.cache_read_tokens) > 0)) {
    await expect(table.getByRole("row", { name: String(row.feature) })).toContainText(
      `${(Number(row.cache_hit) * 100).toFixed(1)}%`,
    );
  }
});

test("a feature's page leads to its cache", async ({ page }) => {
  await page.goto("/acme-assist/features/agent-run?period=7d");
  await page.getByRole("link", { name: "Its cache" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Cache" })).toBeVisible();
  const rows = page.getByRole("table", { name: "Cache by feature" }).locator("tbody tr");
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("agent-run");
});

test("names that are no features leave a page that says so", async ({ page }) => {
  await page.goto(`${CACHE}?filter.feature=${encodeURIComponent("=1+1<script>%")}`);
  await expect(panel(page, "By feature")).toContainText("No calls that these filters let through");
  await expect(panel(page, "5m or 1h?")).toContainText("named its prefix");
});
