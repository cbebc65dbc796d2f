import { expect, type Page, test } from "@playwright/test";

const API_KEY = process.env.E2E_API_KEY;
const QUICK_START = "/acme-assist/quick-start";

const tab = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Ways in" }).getByRole("link", { name, exact: true });
const code = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

test("a key that is made once stands in the lines of every way in", async ({ page, baseURL }) => {
  await page.goto(QUICK_START);
  await expect(tab(page, "TypeScript SDK")).toHaveAttribute("aria-current", "page");
  await page.getByRole("button", { name: "Make a key" }).click();
  await expect(code(page, ".env")).toContainText(/st_live_[0-9A-Za-z]{38}/);
  const key = /st_live_[0-9A-Za-z]{38}/.exec((await code(page, ".env").textContent()) ?? "")?.[0] ?? "";
  await expect(code(page, "app.ts")).toContainText("new Anthropic({ fetch: spendtrace.fetch() })");

  const ways: [string, string, string[]][] = [
    [
      "OpenTelemetry",
      ".env",
      [
        `OTEL_EXPORTER_OTLP_ENDPOINT=${baseURL}/api/otlp\n`,
        `OTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20${key}\n`,
      ],
    ],
    ["Claude Code", "Terminal", ["CLAUDE_CODE_ENABLE_TELEMETRY=1\n", `"authorization=Bearer ${key}"\nclaude\n`]],
    ["LiteLLM", "config.yaml", [`endpoint: ${baseURL}/api/v1/litellm\n`, `Authorization: Bearer ${key}\n`]],
    ["Vercel AI SDK", "app.ts", ["createAnthropic({ fetch: spendtrace.fetch() })"]],
    ["Python, anything", "Terminal", [`curl ${baseURL}/api/v1/calls`, `authorization: Bearer ${key}"`]],
    ["Import files", "Import", [`SPENDTRACE_KEY=${key}\n`, "npx spendtrace import FILE…"]],
  ];
  for (const [name, block, lines] of ways) {
    await tab(page, name).click();
    await expect(tab(page, name)).toHaveAttribute("aria-current", "page");
    const text = await code(page, block).locator("pre").textContent();
    for (const line of lines) expect(text).toContain(line);
  }
  await page.goto("/acme-assist/settings/api-keys");
  const row = page.getByRole("row", { name: new RegExp(key.slice(0, 12)) });
  await row.getByRole("button", { name: "Revoke Quick start" }).click();
  await page.getByRole("button", { name: "Revoke key" }).click();
  await expect(row).toContainText("revoked");
});

test("a way in is a link, also by keyboard, and anything else is the first", async ({ page }) => {
  await page.goto(`${QUICK_START}?door=litellm`);
  await expect(tab(page, "LiteLLM")).toHaveAttribute("aria-current", "page");
  await tab(page, "LiteLLM").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${QUICK_START}?door=ai-sdk`);
  await expect(tab(page, "Vercel AI SDK")).toHaveAttribute("aria-current", "page");
  await page.goto(`${QUICK_START}?door=window`);
  await expect(tab(page, "TypeScript SDK")).toHaveAttribute("aria-current", "page");
});

test("the next call shows up priced, with the door it came in by, and the page stays", async ({ page, request }) => {
  await page.goto(`${QUICK_START}?door=http`);
  await expect(page.getByRole("heading", { name: "Waiting for the next call" })).toBeVisible();
  const answer = await request.post("/api/v1/calls", {
    headers: { authorization: `Bearer ${API_KEY}` },
    data: {
      ...{ occurred_at: new Date().toISOString(), request_id: "next-call", tenant_id: "Northwind" },
      ...{ feature: "support-reply", deploy_sha: "a1b2c3d", model: "claude-opus-4-7", source: "curl/8" },
      usage: { input_tokens: 1000, output_tokens: 500 },
    },
  });
  expect(await answer.json()).toMatchObject({ accepted: 1, unpriced: 0 });
  await expect(page.getByRole("heading", { name: "The next call is here" })).toBeVisible();
  // 1,000 fresh tokens at $5 and 500 output tokens at $25 a million, 6 % off by contract.
  await expect(page.getByText("claude-opus-4-7, $0.0165, curl/8.")).toBeVisible();
  await expect(page.getByText("Next call priced")).toBeVisible();
  await page.waitForTimeout(4000);
  await expect(page).toHaveURL(`${QUICK_START}?door=http`);
});
