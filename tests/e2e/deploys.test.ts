import { expect, type Page, test } from "@playwright/test";
import { readReport } from "./read-api";

const DEPLOYS = "/acme-assist/deploys";
/** The sample's deploy that puts a time into the system prompt of support-reply. */
const LOST_CACHE = "a1b2c3d";

/** The amounts of the ledger, in its smallest unit: before, seven parts, after, change. */
async function readLedger(page: Page): Promise<bigint[]> {
  const panel = page.locator("section").filter({ has: page.getByRole("heading", { name: "What changed the cost" }) });
  await expect(panel.getByText("Model mix").first()).toBeVisible();
  const texts = await panel.locator("div.grid > span:last-child").allTextContents();
  return texts.map((text) => BigInt(text.replace("−", "-").replace(/[^\d-]/g, "")));
}

test("deploys stand in order of their first call, each with what a call cost before and after", async ({
  page,
  request,
}) => {
  const { rows } = await readReport(request, "deploys");
  await page.goto(`${DEPLOYS}?env=production`);
  const deploys = page.getByRole("table", { name: "Deploys" });
  const shas = rows.map(({ deploy }) => String(deploy).slice(0, 7)).reverse();
  await expect(deploys.locator("tbody td:first-child .mono")).toHaveText(shas);
  const dear = deploys.getByRole("row", { name: LOST_CACHE });
  const own = rows.find(({ deploy }) => deploy === LOST_CACHE);
  await expect(dear).toContainText(`$${Number(own?.cost_per_call_usd).toFixed(4)}`);
  await expect(dear).toContainText(`$${Number(own?.compare_cost_per_call_usd).toFixed(4)}`);
  await expect(dear).toContainText("Dearer");
  await expect(dear).toContainText("support-reply");
});

test("the parts of what changed the cost add up, in every window, in total and for one call", async ({ page }) => {
  for (const window of ["24h", "48h", "7d"]) {
    for (const unit of ["total", "call"]) {
      await page.goto(`${DEPLOYS}/${LOST_CACHE}?window=${window}&unit=${unit}`);
      const amounts = await readLedger(page);
      expect(amounts).toHaveLength(10);
      const [before = 0n, ...rest] = amounts;
      const parts = rest.slice(0, 7).reduce((sum, part) => sum + part, 0n);
      expect(before + parts).toBe(rest[7]);
      expect(parts).toBe(rest[8]);
    }
  }
});

test("the ledger holds the amounts of the API", async ({ page, request }) => {
  const { totals } = await readReport(request, "deploy-comparison", `filter.deploy=${LOST_CACHE}&window=24h`);
  await page.goto(`${DEPLOYS}/${LOST_CACHE}?window=24h&env=production`);
  const amounts = await readLedger(page);
  const names = ["compare_cost", "volume", "price", "model_mix", "fresh_input", "cache", "output", "retries", "cost"];
  for (const [at, name] of names.entries()) {
    expect(Math.abs(Number(amounts[at]) / 100 - Number(totals[`${name}_usd`]))).toBeLessThan(0.011);
  }
});

test("the bill jumped: from the overview to tenant, feature, deploy and the calls themselves", async ({ page }) => {
  await page.goto("/acme-assist");
  await page.getByRole("table", { name: "Tenants" }).getByRole("link", { name: "Northwind" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Northwind" })).toBeVisible();
  await page.getByRole("table", { name: "By feature" }).getByRole("link", { name: "support-reply" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "support-reply" })).toBeVisible();
  await page.getByRole("table", { name: "By deploy" }).getByRole("link", { name: LOST_CACHE }).click();
  await expect(page.getByRole("heading", { level: 1, name: LOST_CACHE })).toBeVisible();
  await expect(page.getByText("support-reply stopped reading its cache")).toBeVisible();
  const link = page.getByRole("link", { name: /^See the [\d,]+ calls$/ });
  const count = /[\d,]+/.exec((await link.textContent()) ?? "")?.[0];
  await link.click();
  await expect(page.getByRole("heading", { level: 1, name: "Calls" })).toBeVisible();
  await expect(page.getByText(`${count} in all`)).toBeVisible();
  await page.getByRole("table", { name: "Calls" }).locator("tbody a").first().click();
  await expect(
    page.getByRole("complementary", { name: "Call" }).getByRole("link", { name: "Northwind", exact: true }),
  ).toBeVisible();
});

test("brackets lead to the deploy before and after", async ({ page, request }) => {
  const { rows } = await readReport(request, "deploys", "period=90d");
  const at = rows.findIndex(({ deploy }) => deploy === "4be7719");
  await page.goto(`${DEPLOYS}/4be7719`);
  await expect(page.getByRole("link", { name: /^Deploy before/ })).toBeVisible();
  await page.keyboard.press("[");
  await expect(page).toHaveURL(new RegExp(`/deploys/${rows[at - 1]?.deploy}$`));
  await expect(page.getByRole("link", { name: /^Deploy after/ })).toBeVisible();
  await page.keyboard.press("]");
  await expect(page).toHaveURL(/\/deploys\/4be7719$/);
});

test("a deploy that nobody called says so", async ({ page }) => {
  await page.goto(`${DEPLOYS}/nobody`);
  await expect(page.getByText("No calls of this deploy")).toBeVisible();
});
