import { expect, type Page, test } from "@playwright/test";
import { asShown } from "./read-api";

const CALCULATOR = "/acme-assist/calculator";
const table = (page: Page) => page.getByRole("table", { name: "Cost by model" });
const rowOf = (page: Page, model: string) =>
  table(page)
    .getByRole("row")
    .filter({ has: page.getByText(model, { exact: true }) });

/** Moves the focus on by Tab until it is where the label says. */
async function tabTo(page: Page, label: string | RegExp): Promise<void> {
  const target = page.getByLabel(label, { exact: true });
  for (let step = 0; step < 60; step++) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${label} cannot be reached by Tab`);
}

test("a workload is priced by keyboard alone, and its link shows the same to somebody else", async ({
  page,
  browser,
}) => {
  await page.goto(`${CALCULATOR}?model=claude-opus-5-5`);
  await page.getByRole("button", { name: "Add a model" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("claude-haiku-5-5");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await tabTo(page, "Fresh input");
  await page.keyboard.type("10,000");
  await tabTo(page, "Output");
  await page.keyboard.type("500");
  await tabTo(page, "Calls a day");
  await page.keyboard.type("2000");
  await tabTo(page, "Cache hit share");
  await page.keyboard.type("80%");
  await tabTo(page, /^Recursion × 1.3/);
  await page.keyboard.press("Space");
  await expect(page).toHaveURL(/margin=recursion/);
  for (const part of ["model=claude-haiku-5-5", "input_tokens=10000", "calls_per_day=2000", "cache_hit_share=80"]) {
    expect(page.url()).toContain(part);
  }
  const figures = page.getByRole("region", { name: "Key figures" });
  await expect(figures).toContainText("2,000 calls a day × 30 days × 1.3");
  await expect(rowOf(page, "claude-haiku-5-5")).toContainText("cheapest");

  const shown = await table(page).textContent();
  const other = await browser.newPage({ storageState: await page.context().storageState() });
  await other.goto(page.url());
  await expect(table(other)).toBeVisible();
  expect(await table(other).textContent()).toBe(shown);
  await other.close();
});

test("the page says what the API says", async ({ page, request }) => {
  const query = "model=claude-opus-5-5&model=claude-sonnet-5-5&input_tokens=123456&output_tokens=7890";
  const headers = { authorization: `Bearer ${process.env.E2E_API_KEY}` };
  const answer = await request.get(`/api/v1/price?${query}`, { headers });
  expect(answer.status(), await answer.text()).toBe(200);
  const { prices } = (await answer.json()) as { prices: { model: string; cost_usd: string }[] };
  expect(prices).toHaveLength(2);
  await page.goto(`${CALCULATOR}?${query}&calls_per_day=1`);
  for (const { model, cost_usd } of prices) await expect(rowOf(page, model)).toContainText(asShown(cost_usd));
});

test("a pasted response is priced by its usage, and its text stays out of the link", async ({ page }) => {
  await page.goto(CALCULATOR);
  await page.getByText("Usage object", { exact: true }).click();
  const content = [{ type: "text", text: "a secret answer" }];
  const usage = { input_tokens: 2048, cache_read_input_tokens: 1800, output_tokens: 503 };
  await page.getByLabel("Usage, as JSON").fill(JSON.stringify({ type: "message", content, usage }));
  await expect(page).toHaveURL(/usage=/);
  expect(decodeURIComponent(page.url())).not.toContain("secret");
  await expect(page.getByRole("table", { name: /^Cost of a call on/ })).toContainText("1,800");
});

test("what cannot be priced says why, never $0", async ({ page }) => {
  await page.goto(`${CALCULATOR}?model=claude-opus-5-5&model=nobody-knows-it&input_tokens=100`);
  const unpriced = rowOf(page, "nobody-knows-it");
  await expect(unpriced).toContainText("No price is known for this model.");
  await expect(unpriced).not.toContainText("$");
  await page.goto(`${CALCULATOR}?model=claude-opus-5-5&input_tokens=100&batch_share=101`);
  await expect(page.getByLabel("Batch share")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("alert").first()).toContainText("must be from 0 to 100");
});
