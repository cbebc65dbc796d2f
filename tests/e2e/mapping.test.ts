import { expect, test } from "@playwright/test";
import { tracesInJson } from "@/tests/support/otlp-bodies";

const MAPPING = "/acme-assist/settings/mapping";
const API_KEY = process.env.E2E_API_KEY;

/** 1,000 fresh and 100 output tokens, which an account of Acme pays; the traces differ by their id. */
function traces(traceId: string) {
  const attributes = {
    ...{ "gen_ai.operation.name": "chat", "gen_ai.request.model": "claude-sonnet-5-5" },
    ...{ "gen_ai.usage.input_tokens": 1000, "gen_ai.usage.output_tokens": 100, "acme.account": "Account 7" },
  };
  const span = { name: "chat", traceId, spanId: "eee19b7ec3c1b174", start: new Date(), ms: 900, attributes };
  return tracesInJson({
    spans: [span, { ...span, name: "agent", attributes: { "gen_ai.operation.name": "invoke_agent" } }],
  });
}

test("an attribute is tried on a pasted span, saved, and goes with the next call; the defaults come back", async ({
  page,
  request,
}) => {
  await page.goto(MAPPING);
  await page
    .getByLabel("A span, a list of spans or a whole export of traces, in OTLP JSON")
    .fill(JSON.stringify(traces("a".repeat(32))));
  const chat = page.getByRole("region", { name: "chat" });
  await expect(chat).toContainText("would become a call of $");
  await expect(chat.getByRole("row", { name: /^tenant_id/ })).toContainText("unknown");
  await expect(page.getByRole("region", { name: "agent" })).toContainText("would be ignored");

  const tenant = page.getByLabel("Tenant", { exact: true });
  await tenant.fill("acme.account\nacme.account");
  await expect(page.getByText("Mapping: Name each attribute once")).toBeVisible();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(tenant).toHaveAccessibleDescription("Name each attribute once");

  await tenant.fill("acme.account\ntenant.id");
  await expect(chat.getByRole("row", { name: /^tenant_id/ })).toContainText("Account 7");
  await expect(chat.getByRole("row", { name: /^tenant_id/ })).toContainText("acme.account");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved: new calls go by it")).toBeVisible();
  await expect(page.getByText(/^Changed by .* UTC\./)).toBeVisible();

  const headers = { authorization: `Bearer ${API_KEY}` };
  const answer = await request.post("/api/otlp/v1/traces", { headers, data: traces("b".repeat(32)) });
  expect([answer.status(), await answer.json()]).toEqual([200, {}]);
  const query = `filter.request=${"b".repeat(32)}:eee19b7ec3c1b174&period=24h`;
  const { calls } = await (await request.get(`/api/v1/calls?${query}`, { headers })).json();
  expect(calls).toMatchObject([{ tenant_id: "Account 7", source: "otlp/test 1" }]);

  await page.getByRole("button", { name: "Reset to the defaults" }).click();
  await expect(page.getByText("The defaults for OpenTelemetry.")).toBeVisible();
  await expect(tenant).toHaveValue(/^tenant\.id\n/);
});

test("each door has an address of its own", async ({ page }) => {
  await page.goto(MAPPING);
  await page.getByRole("navigation", { name: "Door" }).getByRole("link", { name: "LiteLLM" }).click();
  await expect(page).toHaveURL(`${MAPPING}?door=litellm`);
  await expect(page.getByLabel("Tenant", { exact: true })).toHaveValue(/request_tags\.tenant/);
  const pasted = page.getByLabel("A StandardLoggingPayload, a list of them, or one a line");
  await pasted.fill('{"id": "chatcmpl-1", "model": "claude-opus-5", "cache_hit": true}');
  await expect(page.getByRole("region", { name: "chatcmpl-1" })).toContainText("LiteLLM answered from its own cache");
  await pasted.fill("{broken");
  await expect(page.getByText("This cannot be read")).toHaveCount(0);
  await expect(page.getByText("The body is not valid JSON at character 1.")).toBeVisible();
});
