import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { readReport } from "./read-api";

const DEPLOYS = "/acme-assist/deploys";
const LOST_CACHE = "a1b2c3d";
const STEADY = "9f8e7d6";
/** The deploys that stop and start again to cut the tool results of doc-search. */
const [UNTRUNCATED, REPAIRED] = ["4be7719", "b7730aa"];

type Verdict = Readonly<{ verdict: string; pass: boolean | null; explanation: string; change: number }>;

async function readVerdict(request: APIRequestContext, path: string): Promise<Verdict> {
  const answer = await request.get(`/api/v1/deploys/${path}`, {
    headers: { authorization: `Bearer ${process.env.E2E_API_KEY}` },
  });
  expect(answer.status(), await answer.text()).toBe(200);
  return answer.json();
}

const panelOf = (page: Page, name: string) =>
  page.locator("section").filter({ has: page.getByRole("heading", { name, exact: true }) });

test("the verdict of the page is that of the API, with its evidence", async ({ page, request }) => {
  for (const query of ["window=24h", `window=24h&against=${STEADY}`]) {
    const verdict = await readVerdict(request, `${LOST_CACHE}/verdict?${query}`);
    expect([verdict.verdict, verdict.pass]).toEqual(["dearer", false]);
    await page.goto(`${DEPLOYS}/${LOST_CACHE}?${query}&env=production`);
    const panel = page.getByRole("region", { name: "Verdict" });
    await expect(panel.getByText("Dearer", { exact: true })).toBeVisible();
    await expect(panel.getByText(`+${(verdict.change * 100).toFixed(1)}%`).first()).toBeVisible();
    await expect(panel.getByText(verdict.explanation)).toBeVisible();
  }
});

test("a deploy is held against any other, and the address says so", async ({ page, request }) => {
  await page.goto(`${DEPLOYS}/${LOST_CACHE}?window=24h&env=production`);
  await page.getByRole("button", { name: "against 24 h before" }).click();
  await page.getByPlaceholder("Find a deploy").fill(STEADY);
  await page.getByRole("option", { name: STEADY }).click();
  await expect(page).toHaveURL(new RegExp(`against=${STEADY}`));
  const ledger = panelOf(page, "What changed the cost");
  await expect(ledger.getByText(`${STEADY}, 24 h`)).toBeVisible();
  const { rows } = await readReport(
    request,
    "deploy-comparison",
    `filter.deploy=${LOST_CACHE}&window=24h&against=${STEADY}`,
  );
  const own = rows.find(({ feature }) => feature === "support-reply");
  const table = page.getByRole("table", { name: "By feature" }).getByRole("row", { name: "support-reply" });
  await expect(table).toContainText(Number(own?.compare_calls).toLocaleString("en-US"));
  await expect(table).toContainText(`$${Number(own?.cost_per_call_usd).toFixed(4)}`);
  await page.getByRole("link", { name: "tokens a call" }).click();
  await expect(table).toContainText(
    Math.round(Number(own?.compare_cache_read_tokens_per_call)).toLocaleString("en-US"),
  );
  await page.getByRole("button", { name: `against ${STEADY}` }).click();
  await page.getByRole("option", { name: "24 h before" }).click();
  await expect(page).not.toHaveURL(/against=/);
});

test("a deploy that is none cannot be held against, and the page says which parameter it is", async ({ page }) => {
  await page.goto(`${DEPLOYS}/${LOST_CACHE}?against=nobody`);
  await expect(page.getByText("is not a deploy with calls")).toBeVisible();
  await page.goto(`${DEPLOYS}/${LOST_CACHE}?against=${LOST_CACHE}`);
  await expect(page.getByText("must name another deploy")).toBeVisible();
});

test("the ledger says how its split is made, and the cause leads to the cache of its feature", async ({ page }) => {
  await page.goto(`${DEPLOYS}/${LOST_CACHE}`);
  await page.getByText("How the split is made").click();
  await expect(page.getByText("A price–volume–mix analysis")).toBeVisible();
  await page.getByRole("link", { name: "Cache of support-reply" }).click();
  await expect(page).toHaveURL(/\/cache\?.*filter\.feature=support-reply/);
});

test("bisect finds both sides of a repaired deploy, and leads to the two deploys", async ({ page }) => {
  await page.goto(`${DEPLOYS}?period=90d`);
  await page.getByRole("link", { name: "Bisect" }).click();
  await page.getByRole("table", { name: "Steps by feature" }).getByRole("link", { name: "doc-search" }).click();
  await expect(page).toHaveURL(/filter\.feature=doc-search/);
  await page.getByRole("link", { name: "Input tokens per call" }).click();
  const steps = panelOf(page, "Steps found");
  await expect(steps.getByRole("listitem")).toHaveCount(2);
  await expect(steps.getByRole("listitem").nth(0)).toContainText(`and ${REPAIRED}`);
  await expect(steps.getByRole("listitem").nth(1)).toContainText(`and ${UNTRUNCATED}`);
  await steps.getByRole("link", { name: `Compare ${UNTRUNCATED}` }).click();
  await expect(page.getByRole("heading", { level: 1, name: UNTRUNCATED })).toBeVisible();
  await expect(page).toHaveURL(/against=/);
  await expect(page.getByText(/doc-search sends more input with each call/)).toBeVisible();
});

test("bisect finds the lost cache, and none where there is none", async ({ page }) => {
  await page.goto(`${DEPLOYS}/bisect?filter.feature=support-reply&metric=cache_hit`);
  const steps = panelOf(page, "Steps found");
  await expect(steps.getByRole("listitem")).toHaveCount(1);
  await expect(steps.getByRole("listitem")).toContainText(`and ${LOST_CACHE}`);
  await page.goto(`${DEPLOYS}/bisect?filter.feature=moderation&metric=output_tokens_per_call`);
  await expect(steps.getByText("No step found")).toBeVisible();
  await page.goto(`${DEPLOYS}/bisect?filter.feature=%25&from=2020-01-01&to=2020-01-02`);
  await expect(steps.getByText("No deploy has calls here.")).toBeVisible();
});
