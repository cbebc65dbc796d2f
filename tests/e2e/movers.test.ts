import { expect, test } from "@playwright/test";
import { asShown, readReport } from "./read-api";

const MOVERS = "/acme-assist/movers";

/** A difference as the page writes it: `-69.85…` → `−$69.85`. */
const asDifference = (usd: unknown) => {
  const text = String(usd);
  return text.startsWith("-") ? `−${asShown(text.slice(1))}` : `+${asShown(text)}`;
};

test("tenants that moved are those of the API, and add up to the whole change", async ({ page, request }) => {
  const { rows, totals } = await readReport(request, "movers", "limit=5");
  await page.goto(`${MOVERS}?env=production`);
  const table = page.getByRole("table", { name: "Movers", exact: true });
  for (const { tenant, difference_usd, movement } of rows.filter(({ tenant }) => tenant !== null)) {
    const row = table.getByRole("row", { name: String(tenant) });
    await expect(row).toContainText(asDifference(difference_usd));
    if (movement === "new" || movement === "gone") await expect(row).toContainText(String(movement));
  }
  await expect(table.locator("tfoot")).toContainText(asShown(totals.cost_usd));
  await expect(table.locator("tfoot")).toContainText("100.0%");
});

test("a tenant that is new is told in words, and leads to its page over the same period", async ({ page }) => {
  await page.goto(`${MOVERS}?period=28d`);
  await page.getByRole("navigation", { name: "Movement" }).getByRole("link", { name: /^new/ }).click();
  await expect(page).toHaveURL(/show=new/);
  const row = page.getByRole("table", { name: "Movers", exact: true }).getByRole("row", { name: "Adatum" });
  await expect(row).toContainText("new");
  await row.getByRole("link", { name: "Adatum" }).click();
  await expect(page).toHaveURL(/\/tenants\/Adatum\?.*period=28d/);
});

test("features, models and deploys move too; without a comparison the period before is taken, and said", async ({
  page,
}) => {
  await page.goto(`${MOVERS}?compare=none`);
  await expect(page.getByText("the period before, as no comparison is chosen")).toBeVisible();
  for (const by of ["features", "models", "deploys"]) {
    await page.getByRole("navigation", { name: "Cut by" }).getByRole("link", { name: by }).click();
    const total = page.getByRole("table", { name: "Movers", exact: true }).locator("tfoot");
    await expect(total).toContainText(by);
    await expect(total).toContainText("100.0%");
  }
});

test("the overview's top movers lead to all of them over the same seven days", async ({ page }) => {
  await page.goto("/acme-assist");
  await page.getByRole("link", { name: "All movers" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Movers" })).toBeVisible();
  await expect(page).toHaveURL(/from=.*to=/);
  await expect(page.getByRole("table", { name: "Largest movers" })).toBeVisible();
});
