import { expect, test } from "@playwright/test";
import { asShown, readReport } from "./read-api";

const MODELS = "/acme-assist/models";
/** Model ids as other providers and gateways spell them; none has a price. */
const ODD_MODELS = ["openrouter/acme:free", "acme@20260101", "acme[1m]", "arn:aws:bedrock:eu/x?y#z%", "=1+1"];

test("models show what the API says they cost, a million tokens included", async ({ page, request }) => {
  const { rows, totals } = await readReport(request, "cost-by-model");
  await page.goto(`${MODELS}?env=production`);
  const models = page.getByRole("table", { name: "Models", exact: true });
  for (const { model, cost_usd, cost_per_mtok_usd } of rows.filter(({ calls }) => Number(calls) > 0).slice(0, 6)) {
    const row = models.getByRole("row").filter({ has: page.getByRole("link", { name: String(model), exact: true }) });
    if (cost_per_mtok_usd === null) continue;
    await expect(row).toContainText(asShown(cost_usd));
    await expect(row).toContainText(asShown(cost_per_mtok_usd));
  }
  await expect(models.locator("tfoot")).toContainText(asShown(totals.cost_usd));
});

test("list price and saving stand beside the spend, on the table and on the page of a model, as the API says", async ({
  page,
  request,
}) => {
  const { rows, totals } = await readReport(request, "cost-by-model");
  const [dearest] = rows.filter(({ saved_cost_usd: saved }) => Number(saved) > 0);
  await page.goto(`${MODELS}?env=production`);
  const models = page.getByRole("table", { name: "Models", exact: true });
  const link = page.getByRole("link", { name: String(dearest?.model), exact: true });
  const row = models.getByRole("row").filter({ has: link });
  for (const sums of [row, models.locator("tfoot")]) {
    const { list_cost_usd: list, saved_cost_usd: saved } = sums === row ? (dearest ?? {}) : totals;
    await expect(sums).toContainText(`${asShown(list)}${asShown(saved)}`);
  }
  await row.getByRole("link").click();
  const figures = page.getByRole("region", { name: "Key figures" });
  const { list_cost_usd: list, saved_cost_usd: saved } = dearest ?? {};
  await expect(figures.getByText(`List ${asShown(list)}, saved ${asShown(saved)} (6.0%)`)).toBeVisible();
});

test("models of any name have a page", async ({ page, request }) => {
  const calls = ODD_MODELS.map((model, index) => ({
    occurred_at: new Date(Date.now() - 3_600_000).toISOString(),
    request_id: `odd-model-${index}`,
    tenant_id: "odd-models",
    feature: "odd-models",
    provider: "other",
    model,
    usage: { input_tokens: 10, output_tokens: 1 },
    latency_ms: 5,
  }));
  const headers = { authorization: `Bearer ${process.env.E2E_API_KEY}` };
  const answer = await request.post("/api/v1/calls", { headers, data: { calls } });
  expect(answer.status(), await answer.text()).toBe(200);
  for (const name of ODD_MODELS) {
    await page.goto(`${MODELS}?filter.feature=odd-models`);
    await page.getByRole("table", { name: "Models", exact: true }).getByRole("link", { name, exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name, exact: true })).toBeVisible();
    await expect(page.getByRole("region", { name: "Key figures" })).toBeVisible();
  }
});

test("every model has the percentiles of its latency, and one model those of each feature", async ({
  page,
  request,
}) => {
  const { rows } = await readReport(request, "latency-percentiles");
  const [first] = rows;
  await page.goto("/acme-assist/models?env=production");
  const latency = page.getByRole("table", { name: "Latency" });
  await expect(latency.getByRole("row", { name: String(first?.model) })).toContainText(
    Number(first?.latency_calls).toLocaleString("en-US"),
  );
  await latency.getByRole("link", { name: String(first?.model) }).click();
  await expect(page.getByRole("heading", { level: 1, name: String(first?.model) })).toBeVisible();
  await expect(latency.getByRole("columnheader", { name: "Feature" })).toBeVisible();
});
