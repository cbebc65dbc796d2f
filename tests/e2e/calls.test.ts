import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { parseUsd } from "@/lib/money";
import { asShown, readReport } from "./read-api";

const CALLS = "/acme-assist/calls";
const LOST_CACHE = "env=production&filter.feature=support-reply&filter.deploy=a1b2c3d";

type CallJson = Readonly<Record<string, string | number | null>>;

async function readCalls(request: APIRequestContext, query: string): Promise<readonly CallJson[]> {
  const headers = { authorization: `Bearer ${process.env.E2E_API_KEY}` };
  const answer = await request.get(`/api/v1/calls?${query}`, { headers });
  expect(answer.status(), await answer.text()).toBe(200);
  return (await answer.json()).calls;
}

const table = (page: Page) => page.getByRole("table", { name: "Calls" });
const times = (page: Page) => table(page).locator("tbody td:first-child").allTextContents();

test("the list counts and sums what the API does, for filters of reports and of calls alike", async ({
  page,
  request,
}) => {
  const { totals } = await readReport(
    request,
    "usage-summary",
    `${LOST_CACHE}&measures=calls,cost,errors,rate_limited`,
  );
  const count = Number(totals.calls).toLocaleString("en-US");
  await page.goto(`${CALLS}?${LOST_CACHE}`);
  await expect(page.getByText(`${count} in all`)).toBeVisible();
  await expect(page.getByText(`Sum of all ${count}: ${asShown(totals.cost_usd)}, all priced`)).toBeVisible();
  await page.getByRole("link", { name: /^error/ }).click();
  await expect(page).toHaveURL(/filter\.status=error/);
  await expect(page.getByText(`${totals.errors} in all`)).toBeVisible();
  await page.getByRole("button", { name: "Remove filter status error" }).click();
  await expect(page.getByText(`${count} in all`)).toBeVisible();
});

test("older and newer pages hold every call once", async ({ page, request }) => {
  const calls = await readCalls(request, `${LOST_CACHE}&limit=120`);
  const expected = calls.map(({ occurred_at }) => String(occurred_at).slice(11, 23));
  const shown = async () => (await times(page)).map((text) => text.slice(-12));
  await page.goto(`${CALLS}?${LOST_CACHE}`);
  await expect(table(page)).toBeVisible();
  expect(await shown()).toEqual(expected.slice(0, 50));
  await page.getByRole("link", { name: /^Older/ }).click();
  await expect(page).toHaveURL(/cursor=/);
  await expect.poll(shown).toEqual(expected.slice(50, 100));
  await page.keyboard.press("]");
  await expect.poll(async () => (await shown()).slice(0, 20)).toEqual(expected.slice(100, 120));
  await page.keyboard.press("[");
  await expect.poll(shown).toEqual(expected.slice(50, 100));
  await page.getByRole("link", { name: /^Newer/ }).click();
  await expect.poll(shown).toEqual(expected.slice(0, 50));
  await expect(page.getByRole("button", { name: "Newer" })).toBeDisabled();
});

test("the CSV holds every call that the filters let through", async ({ page, request }) => {
  const { totals } = await readReport(request, "usage-summary", LOST_CACHE);
  await page.goto(`${CALLS}?${LOST_CACHE}`);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: /^CSV of/ }).click();
  const lines = (await (await (await download).createReadStream()).toArray()).join("").trim().split("\r\n");
  expect(lines[0]).toMatch(/^id,occurred_at,/);
  expect(lines).toHaveLength(Number(totals.calls) + 1);
});

test("one call shows its price line by line with rate and source, and adds up to what the API says", async ({
  page,
  request,
}) => {
  const [call] = await readCalls(request, `${LOST_CACHE}&filter.status=succeeded&limit=1`);
  await page.goto(`${CALLS}?${LOST_CACHE}&filter.status=succeeded`);
  await table(page).locator("tbody a").first().click();
  await expect(page).toHaveURL(new RegExp(`/calls/${call?.id}\\?`));
  const aside = page.getByRole("complementary", { name: "Call" });
  await expect(aside.getByRole("heading", { name: String(call?.request_id) })).toBeVisible();
  const price = aside.getByRole("table", { name: /^Price of/ });
  await expect(price.getByRole("row", { name: /^Fresh/ })).toContainText("$2.00");
  // Six places, and all of them in the titles, which add up to the last digit.
  const amounts = await price
    .locator("tr td:last-child [title]")
    .evaluateAll((found) => found.map((one) => one.getAttribute("title") ?? ""));
  await expect(price.locator("tr td:last-child [title]")).toHaveText(amounts.map(() => /^\$\d+\.\d{6}$/));
  const picos = (text = "") => parseUsd(text.replace("$", ""));
  const [total, list, saved] = amounts.slice(5);
  expect(amounts.slice(0, 5).reduce((sum, amount) => sum + picos(amount), 0n)).toBe(picos(total));
  expect(picos(total)).toBe(parseUsd(String(call?.cost_usd)));
  expect(picos(list)).toBe(parseUsd(String(call?.list_cost_usd)));
  expect(picos(saved)).toBe(parseUsd(String(call?.saved_cost_usd)));
  // Each line by hand: tokens × the book's rate × the contract's factor.
  const fresh = await price
    .getByRole("row", { name: /^Fresh/ })
    .locator("td")
    .allTextContents();
  const [, tokens = "", rate = ""] = fresh.map((text) => text.replace(/[$,]/g, ""));
  const [book = "", factor = ""] = rate.split("× ");
  expect(picos(amounts[0])).toBe((BigInt(tokens) * parseUsd(book) * parseUsd(factor)) / 10n ** 18n);
  await expect(aside.getByText(/^× 0\.94: all models of anthropic: 6% off the list price, from/)).toBeVisible();
  await expect(aside.getByText("Standard tier, no multiplier")).toBeVisible();
  await expect(aside.getByRole("link", { name: "platform.claude.com" })).toHaveAttribute("href", /^https:/);
  await expect(aside.getByText(new RegExp(`^Version ${call?.price_version} of `))).toBeVisible();
  await expect(aside.getByRole("link", { name: String(call?.model) }).first()).toHaveAttribute(
    "href",
    new RegExp(`/settings/prices/${call?.model}\\?on=${String(call?.occurred_at).slice(0, 10)}$`),
  );
  await expect(aside.getByRole("link", { name: String(call?.session_id), exact: true })).toHaveAttribute(
    "href",
    new RegExp(`/sessions/${call?.session_id}\\?`),
  );
  await aside.getByRole("link", { name: `Only calls of ${call?.session_id}` }).click();
  await expect(page).toHaveURL(/filter\.session=/);
  await expect(table(page).getByRole("row").nth(1)).toBeVisible();
});

test("a call that failed is not billed, and a call that is not there is not found", async ({ page }) => {
  await page.goto(`${CALLS}?filter.status=error`);
  await table(page).locator("tbody a").first().click();
  const aside = page.getByRole("complementary", { name: "Call" });
  await expect(aside.getByText("Not billed", { exact: true })).toBeVisible();
  await expect(aside.getByText("The provider does not bill a request that failed.")).toBeVisible();
  expect((await page.goto(`${CALLS}/nothing`))?.status()).toBe(404);
});

test("a call without a price says why, what to do about it, and that it is in no total", async ({ page }) => {
  await page.goto(`${CALLS}?filter.pricing=unpriced`);
  await table(page).locator("tbody a").first().click();
  const aside = page.getByRole("complementary", { name: "Call" });
  await expect(aside.getByText("No price is known for this model.")).toBeVisible();
  await expect(aside.getByText("unpriced").first()).toBeVisible();
  await expect(aside.getByRole("link", { name: "It is another name of…" })).toHaveAttribute(
    "href",
    /\/settings\/contract\?new=alias&model=claude-mythos-preview$/,
  );
  await aside.getByRole("link", { name: "All unpriced models" }).click();
  await expect(page).toHaveURL(/\/settings\/unpriced$/);
});

test("an address with a filter that calls do not have says so", async ({ page }) => {
  await page.goto(`${CALLS}?filter.planet=mars&cursor=broken`);
  await expect(page.getByRole("alert").filter({ hasText: "cannot be shown" })).toContainText("cursor");
  await expect(page.getByText(/filter\.planet/)).toBeVisible();
});
