import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { asShown, readReport } from "./read-api";

const OVERVIEW = "/acme-assist";
/** What the key of the API sees: it is bound to this environment. */
const PRODUCTION = "env=production";

test("the sums on the overview are those of the API", async ({ page, request }) => {
  await page.goto(`${OVERVIEW}?${PRODUCTION}`);
  const { totals, rows, row_count } = await readReport(request, "cost-by-tenant");
  const total = asShown(totals.cost_usd);
  const tenants = page.getByRole("table", { name: "Tenants" });

  await expect(tenants.getByRole("row", { name: `All ${row_count} tenants` })).toContainText(total);
  for (const { tenant, cost_usd } of rows.slice(0, 10)) {
    await expect(tenants.getByRole("row", { name: String(tenant) })).toContainText(asShown(cost_usd));
  }
  await expect(page.getByText(new RegExp(`^top 10 of ${row_count}`))).toBeVisible();
  const features = await readReport(request, "cost-by-feature");
  const legend = page.getByRole("table").filter({ hasText: "Share" });
  await expect(legend.getByRole("row", { name: `All ${features.row_count} features` })).toContainText(total);
});

test("every stacking of the chart adds up to the same total", async ({ page, request }) => {
  const { totals } = await readReport(request, "usage-summary");
  for (const stack of ["tenant", "model", "token_kind", "deploy"]) {
    await page.goto(`${OVERVIEW}?group=${stack}&${PRODUCTION}`);
    const total = page.getByRole("table").filter({ hasText: "Share" }).locator("tfoot");
    await expect(total).toContainText(asShown(totals.cost_usd));
  }
});

test("a legend row leads to its tenant and takes period and filters along", async ({ page }) => {
  await page.goto(`${OVERVIEW}?period=7d&filter.feature=agent-run`);
  await page.getByRole("navigation", { name: "Stack by" }).getByRole("link", { name: "tenant", exact: true }).click();
  await expect(page).toHaveURL(/group=tenant/);
  await page.getByRole("table").filter({ hasText: "Share" }).getByRole("link", { name: "Fabrikam" }).click();
  await expect(page).toHaveURL(/\/tenants\/Fabrikam\?period=7d&filter\.feature=agent-run$/);
  await expect(page.getByRole("heading", { level: 1, name: "Fabrikam" })).toBeVisible();
});

test("a bar of the chart leads to its day", async ({ page }) => {
  await page.goto(OVERVIEW);
  const chart = page.getByRole("slider", { name: /^Cost per day by feature/ });
  await expect(async () => {
    await chart.focus();
    await page.keyboard.press("Home");
    await expect(chart).not.toHaveAttribute("aria-valuetext", "no bucket chosen", { timeout: 500 });
  }).toPass();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d/);
  await expect(page.getByRole("slider", { name: /^Cost per hour/ })).toBeVisible();
});

test("models without a price are listed with their calls, and lead to them", async ({ page, request }) => {
  const query = "group_by=model&measures=unpriced_calls&sort=-unpriced_calls&limit=1";
  const { rows } = await readReport(request, "usage-summary", query);
  await page.goto(`${OVERVIEW}?${PRODUCTION}`);
  const unpriced = page.getByRole("listitem").filter({ hasText: String(rows[0]?.model) });
  await expect(unpriced).toContainText(`${rows[0]?.unpriced_calls} calls`);
  await unpriced.getByRole("link").click();
  await expect(page).toHaveURL(/\/calls\?env=production&filter\.pricing=unpriced&filter\.model=/);
});

test("the CSV of the page holds every tenant and the same total", async ({ page, request }) => {
  await page.goto(`${OVERVIEW}?${PRODUCTION}`);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSV", exact: true }).click();
  const stream = await (await download).createReadStream();
  const lines = (await stream.toArray()).join("").trim().split("\r\n");
  const { row_count } = await readReport(request, "cost-by-tenant");
  expect(lines[0]).toMatch(/^tenant,cost_usd,/);
  expect(lines.length - 1).toBe(row_count);
});

test("an address with parameters that cannot be used says which, and shows no figures", async ({ page }) => {
  await page.goto(`${OVERVIEW}?period=fortnight&filter.planet=mars`);
  await expect(page.getByRole("alert").filter({ hasText: "cannot be shown" })).toContainText(/period must be one of/);
  await expect(page.getByText(/filter\.planet/)).toBeVisible();
  await expect(page.getByRole("region", { name: "Key figures" })).toHaveCount(0);
});

test("from the overview to one tenant's calls by keyboard alone", async ({ page }) => {
  await page.goto(OVERVIEW);
  await expect(page.getByRole("table", { name: "Tenants" })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("t");
  await expect(page.getByRole("heading", { level: 1, name: "Tenants" })).toBeVisible();
  await expect(page.getByRole("table", { name: "All tenants" })).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  const second = page.getByRole("table", { name: "All tenants" }).getByRole("row").nth(2).getByRole("link");
  await expect(second).toBeFocused();
  const name = (await second.textContent()) ?? "";
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`nothing on the overview is out of reach, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(OVERVIEW);
    await expect(page.getByRole("table", { name: "Tenants" })).toBeVisible();
    await expect(page.getByText("Loading")).toHaveCount(0);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations).toEqual([]);
  });
}
