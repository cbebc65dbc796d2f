import { expect, type Page, test } from "@playwright/test";

const CALLS = "/acme-assist/calls";
const SUPPORT = "env=production&filter.feature=support-reply";

const table = (page: Page) => page.getByRole("table", { name: "Calls" });
async function heads(page: Page): Promise<string[]> {
  await expect(table(page)).toBeVisible();
  return table(page).locator("thead th").allTextContents();
}
const count = (page: Page) => page.getByText(/^[\d,]+ in all$/).textContent();

/** Presses j until the keyboard is listened to and the rows are there. */
async function focusNextRow(page: Page): Promise<void> {
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(table(page).locator("tbody a:focus")).toHaveCount(1, { timeout: 500 });
  }).toPass();
}

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("filters that only calls have are added, edited and removed in the bar", async ({ page }) => {
  await page.goto(`${CALLS}?${SUPPORT}`);
  const all = await count(page);
  await page.getByRole("button", { name: /^Filter/ }).click();
  await page.getByRole("option", { name: "status", exact: true }).click();
  await page.getByPlaceholder("Find a status").fill("529");
  await page.getByRole("option", { name: "529" }).click();
  await page.getByRole("button", { name: "Show only" }).click();
  await expect(page).toHaveURL(/filter\.status=529/);
  await expect(table(page).locator("tbody tr").first()).toContainText("529");

  await page.getByRole("button", { name: /^Filter/ }).click();
  await page.getByRole("option", { name: "cost", exact: true }).click();
  await page.getByLabel("cost in dollars").fill("cheap");
  await page.getByRole("button", { name: "Show only" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Dollars, such as 0.5" })).toBeVisible();
  await page.getByLabel("cost in dollars").fill("0.05");
  await page.getByRole("button", { name: "Show only" }).click();
  await expect(page).toHaveURL(/min_cost_usd=0\.05/);
  await expect(page.getByText("No calls that these filters let through")).toBeVisible();

  await page.getByRole("button", { name: "Remove filter status 529" }).click();
  await expect(page).not.toHaveURL(/filter\.status/);
  await page.getByRole("button", { name: /^cost at least \$0\.05/ }).click();
  await page.getByRole("button", { name: "at most" }).click();
  await page.getByRole("button", { name: "Show only" }).click();
  await expect(page).toHaveURL(/max_cost_usd=0\.05/);
  await expect(page).not.toHaveURL(/min_cost_usd/);
  await page.getByRole("button", { name: "Remove filter cost at most $0.05" }).click();
  await expect(page.getByText(String(all))).toBeVisible();
});

test("the dearest come first, and the time head leads back to the newest", async ({ page }) => {
  await page.goto(`${CALLS}?${SUPPORT}`);
  await table(page).getByRole("link", { name: "Cost" }).click();
  await expect(page).toHaveURL(/sort=-cost_usd/);
  await expect(page.getByText("The dearest first")).toBeVisible();
  const costs = await table(page).locator("tbody td:last-child").allTextContents();
  const dollars = costs.map((text) => Number(text.replace("$", "")));
  expect(dollars).toEqual([...dollars].sort((a, b) => b - a));
  await table(page).getByRole("link", { name: "Time, UTC" }).click();
  await expect(page).not.toHaveURL(/sort=/);
  await expect(page.getByText("Newest first")).toBeVisible();
});

test("chosen columns stay for the next visit, and those of an address win", async ({ page }) => {
  await page.goto(`${CALLS}?${SUPPORT}`);
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Prompt hash" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Latency" }).click();
  await page.keyboard.press("Escape");
  await expect.poll(() => heads(page)).toContain("Prompt hash");
  await page.goto(`${CALLS}?${SUPPORT}`);
  expect(await heads(page)).toContain("Prompt hash");
  expect(await heads(page)).not.toContain("Latency");
  await page.goto(`${CALLS}?${SUPPORT}&columns=tenant,cost`);
  expect(await heads(page)).toEqual(["Time, UTC", "Tenant", "Cost"]);
  await page.goto(`${CALLS}?columns=planet`);
  await expect(page.getByRole("alert").filter({ hasText: "cannot be shown" })).toContainText("columns");
  await page.goto(`${CALLS}?${SUPPORT}`);
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("menuitem", { name: "The usual columns" }).click();
  await expect.poll(() => heads(page)).toContain("Latency");
});

test("a retry shows its operation's attempts, and leads to the call before it", async ({ page }) => {
  await page.goto(`${CALLS}?${SUPPORT}&filter.attempt=retry&filter.status=200`);
  await table(page).locator("tbody a").last().click();
  const aside = page.getByRole("complementary", { name: "Call" });
  await expect(aside.getByText(/^\d attempts of one operation$/)).toBeVisible();
  await expect(aside.getByText(/turn \d+ of \d+/).first()).toBeVisible();
  const retry = page.url();
  await aside.getByRole("link", { name: "previous" }).first().click();
  await expect(page).not.toHaveURL(retry);
  await expect(aside.getByText("first", { exact: true }).first()).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(retry);
});

test("keys open a call, move on, close it and leave a row out", async ({ page }) => {
  await page.goto(`${CALLS}?${SUPPORT}`);
  await expect(table(page)).toBeVisible();
  await focusNextRow(page);
  await page.keyboard.press("Enter");
  const aside = page.getByRole("complementary", { name: "Call" });
  const title = aside.getByRole("heading", { level: 2 });
  await expect(title).toBeVisible();
  const first = await title.textContent();
  await focusNextRow(page);
  await page.keyboard.press("Enter");
  await expect(title).not.toHaveText(String(first));
  await page.keyboard.press("Escape");
  await expect(aside).toBeHidden();
  await focusNextRow(page);
  await page.keyboard.press("x");
  await expect(page).toHaveURL(/not\.request=/);
});

test("copied as curl, the question of the list and of one call are those of the API", async ({ page, request }) => {
  await page.goto(`${CALLS}?${SUPPORT}&filter.status=error`);
  await expect(async () => {
    await page.getByRole("button", { name: "Copy as curl" }).click();
    await expect(page.getByText("Command copied").first()).toBeVisible({ timeout: 2_000 });
  }).toPass();
  const list = await page.evaluate(() => navigator.clipboard.readText());
  const address = /'([^']+)'/.exec(list)?.[1] ?? "";
  const headers = { authorization: `Bearer ${process.env.E2E_API_KEY}` };
  const { calls } = await (await request.get(address, { headers })).json();
  expect(calls).toHaveLength(await table(page).locator("tbody tr").count());

  await table(page).locator("tbody a").first().click();
  const aside = page.getByRole("complementary", { name: "Call" });
  const id = String(await aside.getByRole("heading", { level: 2 }).textContent());
  await aside.getByRole("button", { name: "Copy as curl" }).click();
  await page.getByRole("menuitem", { name: "curl that reads this call" }).click();
  const read = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(read).toContain("filter.request=");
  const one = await (await request.get(/'([^']+)'/.exec(await read())?.[1] ?? "", { headers })).json();
  expect(one.calls.map((call: { request_id: string }) => call.request_id)).toEqual([id]);
});
