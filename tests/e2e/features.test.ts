import { expect, test } from "@playwright/test";
import { asShown, readReport } from "./read-api";

const FEATURES = "/acme-assist/features";
const inFull = (value: unknown) => Math.round(Number(value)).toLocaleString("en-US");

test("features show the spend and input tokens per call of the API, and add up", async ({ page, request }) => {
  const { rows, totals } = await readReport(request, "cost-by-feature");
  await page.goto(`${FEATURES}?env=production`);
  const features = page.getByRole("table", { name: "Features" });
  for (const { feature, cost_usd, input_tokens_per_call } of rows.filter(({ cost_usd }) => Number(cost_usd) > 0)) {
    const row = features.getByRole("row", { name: String(feature) });
    await expect(row).toContainText(asShown(cost_usd));
    await expect(row).toContainText(inFull(input_tokens_per_call));
  }
  await expect(features.locator("tfoot")).toContainText(asShown(totals.cost_usd));
});

test("input tokens per call are drawn for every feature, as drift or in tokens", async ({ page }) => {
  await page.goto(FEATURES);
  await expect(page.getByRole("slider", { name: /^Input tokens per call by feature, against/ })).toBeVisible();
  await page.getByRole("navigation", { name: "Scale" }).getByRole("link", { name: "tokens" }).click();
  await expect(page).toHaveURL(/scale=tokens/);
  await expect(page.getByRole("slider", { name: /^Input tokens per call by feature\. / })).toBeVisible();
});

test("one feature's input tokens per call stand against their before", async ({ page, request }) => {
  const { rows } = await readReport(request, "usage-summary", "group_by=feature&filter.feature=doc-search");
  const mean = inFull(rows[0]?.input_tokens_per_call);
  const before = inFull(rows[0]?.compare_input_tokens_per_call);
  await page.goto(`${FEATURES}/doc-search?env=production`);
  await expect(page.getByText(`Mean ${mean} tokens a call`)).toContainText(`was ${before}`);
});

test("the deploy that made a feature drift is marked, and leads to what it changed", async ({ page }) => {
  await page.goto(`${FEATURES}/doc-search`);
  const mark = page.getByRole("link", { name: /^Deploy 4be7719/ }).first();
  await mark.click();
  await expect(page).toHaveURL(/\/deploys\/4be7719/);
  await expect(page.getByText("doc-search sends more input with each call")).toBeVisible();
});

test("one feature by model and by tenant adds up to the same", async ({ page, request }) => {
  const { totals } = await readReport(request, "usage-summary", "filter.feature=agent-run");
  for (const by of ["deploy", "model", "tenant"]) {
    await page.goto(`${FEATURES}/agent-run?by=${by}&env=production`);
    await expect(page.getByRole("table", { name: `By ${by}` }).locator("tfoot")).toContainText(
      asShown(totals.cost_usd),
    );
  }
});

test("the typical input of a call stands beside the mean, by feature and over time", async ({ page, request }) => {
  const { rows, totals } = await readReport(request, "input-percentiles");
  await page.goto(`${FEATURES}?env=production`);
  const typical = page.getByRole("table", { name: "Typical input" });
  const [first] = rows;
  await expect(typical.getByRole("row", { name: String(first?.feature) })).toContainText(
    inFull(first?.input_tokens_p50),
  );
  await expect(typical.locator("tfoot")).toContainText(inFull(totals.input_tokens_p50));
  await typical.getByRole("link", { name: String(first?.feature) }).click();
  await expect(page.getByRole("slider", { name: /^Median, mean and p95 of the input tokens/ })).toBeVisible();
  await expect(page.getByText(`Median ${inFull(first?.input_tokens_p50)} tokens of`)).toBeVisible();
});

test("one feature tells how much of max_tokens its answers take", async ({ page, request }) => {
  const { rows } = await readReport(request, "output-of-max-tokens", "filter.feature=support-reply");
  await page.goto(`${FEATURES}/support-reply?env=production`);
  const share = `${(Number(rows[0]?.output_share_p50) * 100).toFixed(1)}%`;
  await expect(page.locator("section", { hasText: "max_tokens unused" }).getByText(share).first()).toBeVisible();
});
