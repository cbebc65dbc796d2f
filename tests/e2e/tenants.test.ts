import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { asShown, readReport } from "./read-api";

const TENANTS = "/acme-assist/tenants";
/** What the key of the API sees: it is bound to this environment. */
const PRODUCTION = "env=production";
const ODD_NAMES = ["=1+1", "<script>alert(1)</script>", "a/b?c#d%", "..", ".", "%2F", "-", "x".repeat(128)];

const allTenants = (page: Page) => page.getByRole("table", { name: "All tenants" });
const cents = (text: string) => BigInt(text.replace("−", "-").replace(/[^\d-]/g, ""));

test("tenants are sorted as the API sorts them, and say so", async ({ page, request }) => {
  await page.goto(`${TENANTS}?${PRODUCTION}`);
  await allTenants(page).getByRole("columnheader", { name: "Calls" }).getByRole("link").click();
  await expect(page).toHaveURL(/sort=-calls/);
  await expect(allTenants(page).getByRole("columnheader", { name: "Calls" })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  const { rows } = await readReport(request, "cost-by-tenant", "sort=-calls");
  await expect(allTenants(page).locator("tbody th, tbody td:first-child")).toHaveText(
    rows.map(({ tenant }) => String(tenant)),
  );
});

test("a search finds tenants in any case and counts them", async ({ page }) => {
  await page.goto(TENANTS);
  await page.getByRole("searchbox", { name: "Find a tenant" }).fill("NORTH");
  await expect(page).toHaveURL(/q=NORTH/);
  await expect(allTenants(page).getByRole("row", { name: "Fabrikam" })).toHaveCount(0);
  await expect(allTenants(page).getByRole("link", { name: "Northwind" })).toBeVisible();
});

test("week over week is that of the recipe, and a tenant without a week before is new", async ({ page, request }) => {
  const { rows, totals } = await readReport(request, "tenants-week-over-week");
  await page.goto(`${TENANTS}?${PRODUCTION}`);
  const northwind = rows.find(({ tenant }) => tenant === "Northwind");
  const change = `${(Math.abs(Number(northwind?.change_cost)) * 100).toFixed(1)}%`;
  await expect(allTenants(page).getByRole("row", { name: "Northwind" })).toContainText(change);
  await expect(allTenants(page).locator("tfoot")).toContainText(asShown(totals.cost_usd));
});

test("the figures of one tenant are those of the API, and the parts of their change add up", async ({
  page,
  request,
}) => {
  await page.goto(`${TENANTS}/Northwind?${PRODUCTION}`);
  const { totals } = await readReport(request, "usage-summary", "filter.tenant=Northwind");
  await expect(page.getByRole("region", { name: "Key figures" })).toContainText(asShown(totals.cost_usd));
  await expect(page.getByRole("table", { name: "By feature" }).locator("tfoot")).toContainText(
    asShown(totals.cost_usd),
  );

  const ledger = page.getByRole("table").filter({ hasText: "Model mix" });
  const amounts = (await ledger.locator("tr td:last-child").allTextContents()).map(cents);
  const parts = amounts.slice(1, -1).reduce((sum, amount) => sum + amount, 0n);
  expect(amounts).toHaveLength(9);
  expect((amounts[0] ?? 0n) + parts).toBe(amounts.at(-1));
});

test("a tenant by model instead of by feature, and on to a feature of this tenant", async ({ page }) => {
  await page.goto(`${TENANTS}/Northwind?period=90d`);
  await page.getByRole("navigation", { name: "Group by" }).getByRole("link", { name: "model" }).click();
  await expect(page.getByRole("table", { name: "By model" })).toBeVisible();
  await page.getByRole("navigation", { name: "Group by" }).getByRole("link", { name: "feature" }).click();
  await page.getByRole("table", { name: "By feature" }).getByRole("link", { name: "support-reply" }).click();
  await expect(page).toHaveURL(/\/features\/support-reply\?period=90d&filter\.tenant=Northwind$/);
});

test("tenants of any name have a page", async ({ page, request }) => {
  // Eight names, each by a click and by a full load: the two decode an address differently.
  test.slow();
  const key = { authorization: `Bearer ${process.env.E2E_API_KEY}` };
  const calls = ODD_NAMES.map((tenant_id, index) => ({
    occurred_at: new Date(Date.now() - 3_600_000).toISOString(),
    request_id: `odd-name-${index}`,
    tenant_id,
    feature: "odd-names",
    model: "claude-haiku-4-5",
    usage: { input_tokens: 1_000_000 * (index + 1), output_tokens: 0 },
    latency_ms: 5,
  }));
  const answer = await request.post("/api/v1/calls", { headers: key, data: { calls } });
  expect(answer.status(), await answer.text()).toBe(200);

  page.on("dialog", (dialog) => {
    throw new Error(`a name ran as code: ${dialog.message()}`);
  });
  const list = `${TENANTS}?filter.feature=odd-names`;
  for (const [index, name] of ODD_NAMES.entries()) {
    await page.goto(list);
    const row = allTenants(page)
      .getByRole("row")
      .filter({ has: page.getByRole("link", { name, exact: true }) });
    await expect(row).toContainText("new");
    await row.getByRole("link").click();
    await expect(page.getByRole("heading", { level: 1, name, exact: true })).toBeVisible();
    await expect(page.getByRole("region", { name: "Key figures" })).toContainText(`$${index + 1}.00`);
    await page.reload();
    await expect(page.getByRole("heading", { level: 1, name, exact: true })).toBeVisible();
  }
});

for (const path of [TENANTS, `${TENANTS}/Northwind`]) {
  test(`nothing on ${path} is out of reach`, async ({ page }) => {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByText("Loading")).toHaveCount(0);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations).toEqual([]);
  });
}
