import { expect, test } from "@playwright/test";
import { asShown, readReport } from "./read-api";

const PROMPTS = "/acme-assist/prompts";
/** The sample's prompt that Fabrikam's agent sends 800 times within four minutes, eleven hours ago. */
const STORM = "9c41e07b2f6ad815";

test("the retry storm stands on top, with what it wasted, and leads to its calls", async ({ page, request }) => {
  const { rows } = await readReport(request, "retry-storms");
  const storm = rows.find(({ prompt }) => prompt === STORM);
  expect(storm).toMatchObject({ calls: 800, repeats: 799, tenant: "Fabrikam", feature: "agent-run", last_attempt: 38 });
  await page.goto(PROMPTS);
  const banner = page.getByRole("region", { name: "Retry storm" });
  await expect(banner).toContainText("wasted on 799 of 800 calls");
  await expect(banner).toContainText(asShown(storm?.wasted_usd));
  await expect(banner.getByRole("img", { name: /^Calls per 5 seconds: 4 min/ })).toBeVisible();
  await banner.getByRole("link", { name: "See the 800 calls" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Calls" })).toBeVisible();
  await expect(page.getByText("800 in all")).toBeVisible();
  await page.goBack();
  await expect(banner).toBeVisible();
});

test("hot prompts are those of the API, by spend, by calls and by what was wasted", async ({ page, request }) => {
  for (const [name, sort, column] of [
    ["spend", "", "cost_usd"],
    ["calls", "-calls", "calls"],
    ["wasted", "-wasted", "wasted_usd"],
  ] as const) {
    const { rows } = await readReport(request, "hot-prompts", `limit=10&sort=${sort}`);
    await page.goto(PROMPTS);
    await page.getByRole("navigation", { name: "Sort by" }).getByRole("link", { name, exact: true }).click();
    const table = page.getByRole("table", { name: "Hot prompts" });
    await expect(table.locator("tbody tr td:first-child .mono")).toHaveText(
      rows.map(({ prompt }) => new RegExp(`^${prompt}`)),
    );
    const [first] = rows;
    const shown = column === "calls" ? String(first?.calls) : asShown(first?.[column]);
    await expect(table.locator("tbody tr").first()).toContainText(shown);
  }
});

test("a prompt has its calls over time, its parts and its latest calls; one click more leads to a call", async ({
  page,
}) => {
  await page.goto(PROMPTS);
  await page.getByRole("table", { name: "Hot prompts" }).getByRole("link", { name: STORM }).click();
  await expect(page.getByRole("heading", { level: 1, name: STORM })).toBeVisible();
  await expect(page.getByRole("slider", { name: /^Calls of the prompt, a minute a bar/ })).toBeVisible();
  await expect(page.getByRole("table", { name: "Attempts" })).toContainText("11 – 38");
  const common = page.locator("section").filter({ has: page.getByRole("heading", { name: "In common" }) });
  for (const text of ["Fabrikam", "a1b2c3d", "claude-opus-5-5", "200"]) await expect(common).toContainText(text);
  await page.getByRole("table", { name: "Latest calls" }).getByRole("link").first().click();
  await expect(page.getByRole("complementary", { name: "Call" })).toBeVisible();
});

test("thresholds are set on the page, kept in the address, and refused when they are none", async ({ page }) => {
  await page.goto(`${PROMPTS}?filter.tenant=Fabrikam&period=24h`);
  const region = page.getByRole("region", { name: "Retry storm" });
  await expect(region).toBeVisible();
  await page.getByRole("button", { name: "Thresholds" }).click();
  const calls = page.getByLabel("A storm has more than");
  await calls.fill("many");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("A whole number from 1 to 1,000,000")).toBeVisible();
  await calls.fill("800");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/storm_calls=800/);
  await expect(region).toHaveCount(0);
  await expect(page.getByText("Storm: more than 800 calls of one prompt")).toBeVisible();
});

test("a prompt hash that nobody sent, or not in the period, says so", async ({ page }) => {
  await page.goto(`${PROMPTS}/ffffffffffffffff`);
  await expect(page.getByText("No call with this prompt hash", { exact: true })).toBeVisible();
  await page.goto(`${PROMPTS}/${STORM}?from=2020-01-01&to=2020-01-02`);
  await expect(page.getByText("No call with this prompt hash in the period")).toBeVisible();
  await page.locator("main section").getByRole("link").click();
  await expect(page.getByRole("table", { name: "Latest calls" })).toBeVisible();
});
