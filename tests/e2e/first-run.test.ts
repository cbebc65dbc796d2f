import AxeBuilder from "@axe-core/playwright";
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { type RunningServer, startFreshServer } from "@/tests/support/server";

const PASSWORD = "correct horse battery";
const PORT = Number(process.env.E2E_PORT ?? 3217) + 1;

test.describe.configure({ mode: "serial" });

let server: RunningServer;
let context: BrowserContext;
let page: Page;
let key: string;
const complaints: string[] = [];

function listen(to: Page): Page {
  to.on("pageerror", (error) => complaints.push(error.message));
  to.on("console", (message) => {
    if (/Content.Security.Policy|hydrat/i.test(message.text())) complaints.push(message.text());
  });
  return to;
}

async function expectAccessible(): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
}

test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  server = await startFreshServer(PORT);
  context = await browser.newContext({ baseURL: server.url, storageState: { cookies: [], origins: [] } });
  page = listen(await context.newPage());
});

test.afterAll(async () => {
  await context?.close();
  await server?.stop();
});

test("without the link nobody sets the server up", async () => {
  await page.goto("/");
  await expect(page).toHaveURL(/\/setup$/);
  await expect(page.getByText("Open the set-up link that the server printed")).toBeVisible();
  await expect(page.getByLabel("E-mail")).toHaveCount(0);
});

test("the link makes the owner, who lands on the quick start with the key filled in", async () => {
  await page.goto(server.setUpLink);
  await page.getByLabel("Your name").fill("Mira Kovac");
  await page.getByLabel("E-mail").fill("mira@acme.example");
  await page.getByLabel("Password").fill("short");
  await page.getByLabel("First project").fill("Acme Assist");
  await page.getByRole("button", { name: "Set up" }).click();
  await expect(page.getByText("At least 12 characters")).toBeVisible();
  await expect(page.getByLabel("Password")).toHaveAttribute("aria-invalid", "true");
  await expectAccessible();
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Set up" }).click();
  await expect(page).toHaveURL(/\/acme-assist\/quick-start$/);
  await expect(page.getByRole("heading", { name: "Waiting for the first call" })).toBeVisible();
  key =
    /st_live_[0-9A-Za-z]{38}/.exec((await page.getByRole("region", { name: ".env" }).textContent()) ?? "")?.[0] ?? "";
  expect(key).not.toBe("");
  await expectAccessible();
});

test("the link works once", async () => {
  const tab = await context.newPage();
  await tab.goto(server.setUpLink);
  await expect(tab.getByRole("heading", { name: "Already set up" })).toBeVisible();
  await tab.close();
});

test("the first call turns the quick start into the dashboard", async ({ request }) => {
  const answer = await request.post(`${server.url}/api/v1/calls`, {
    headers: { authorization: `Bearer ${key}` },
    data: {
      occurred_at: new Date().toISOString(),
      request_id: "first-call",
      tenant_id: "northwind",
      feature: "support-reply",
      model: "claude-opus-4-7",
      usage: { input_tokens: 1000, output_tokens: 500 },
      latency_ms: 1200,
    },
  });
  expect(await answer.json()).toMatchObject({ accepted: 1, unpriced: 0 });
  await expect(page.getByText("The first call is here")).toBeVisible();
  // 1,000 fresh tokens at $5 and 500 output tokens at $25 a million.
  await expect(page.getByRole("row", { name: /Total/ })).toContainText("$0.0175");
  await expect(page).toHaveURL(/\/acme-assist$/);
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  await expect(page.getByText("northwind").first()).toBeVisible();
});

test("the key is not shown again", async () => {
  await page.goto("/acme-assist/quick-start");
  await expect(page.getByRole("heading", { name: "Quick start" })).toBeVisible();
  expect(await page.content()).not.toContain(key);
});

test("a key is made, shown once, used and revoked", async ({ request }) => {
  await page.goto("/acme-assist/settings");
  await expect(page).toHaveURL(/\/settings\/api-keys$/);
  await expectAccessible();
  await page.getByRole("button", { name: "Make a key" }).click();
  await page.getByLabel("Name").fill("reports");
  await page.getByLabel("Ingest").uncheck();
  await page.getByLabel("Read").check();
  await page.getByRole("button", { name: "Make key" }).click();
  const secret = (await page.locator("[data-secret]").textContent())?.trim() ?? "";
  await page.getByRole("button", { name: "Done" }).click();
  const headers = { authorization: `Bearer ${secret}` };
  const report = () => request.get(`${server.url}/api/v1/reports`, { headers }).then((answer) => answer.status());
  expect(await report()).toBe(200);
  await page.getByRole("button", { name: "Revoke reports" }).click();
  await expect(page.getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.getByRole("button", { name: "Revoke key" }).click();
  await expect(page.getByRole("row", { name: /reports/ })).toContainText("revoked");
  await expect.poll(report, { timeout: 6000 }).toBe(401);
});

test("a viewer joins by a link and sees no more than he may", async ({ browser }) => {
  await page.goto("/acme-assist/settings/members");
  await page.getByRole("button", { name: "Invite" }).click();
  await page.getByLabel("E-mail").fill("jo@acme.example");
  await page.getByRole("button", { name: "Invite", exact: true }).last().click();
  const link = (await page.locator("[data-secret]").textContent())?.trim() ?? "";
  await page.getByRole("button", { name: "Done" }).click();
  await expectAccessible();

  const theirs = await browser.newContext({ baseURL: server.url, storageState: { cookies: [], origins: [] } });
  const jo = listen(await theirs.newPage());
  await jo.goto(link);
  await jo.getByLabel("Your name").fill("Jo");
  await jo.getByLabel("Password").fill("another horse battery");
  await jo.getByRole("button", { name: "Join" }).click();
  await expect(jo).toHaveURL(/\/acme-assist$/);
  await jo.goto("/acme-assist/settings");
  await expect(jo).toHaveURL(/\/settings\/account$/);
  await expect(jo.getByRole("link", { name: "API keys" })).toHaveCount(0);
  expect((await jo.goto("/acme-assist/settings/api-keys"))?.status()).toBe(404);

  await page.getByRole("button", { name: "Remove jo@acme.example" }).click();
  await page.getByRole("button", { name: "Remove member" }).click();
  await expect(page.getByText("jo@acme.example removed")).toBeVisible();
  await expect(page.getByRole("row", { name: /jo@/ })).toHaveCount(0);
  expect((await jo.goto("/acme-assist"))?.status()).toBe(404);
  await theirs.close();
});

test("the project is renamed, gets an environment, and another one beside it", async () => {
  await page.goto("/acme-assist/settings/project");
  await expectAccessible();
  await page.getByLabel("Name").first().fill("Acme Helper");
  await page.getByRole("button", { name: "Rename" }).click();
  await expect(page.getByRole("complementary").getByText("Acme Helper")).toBeVisible();
  await page.getByLabel("New environment").fill("Staging 1");
  await page.getByRole("button", { name: "Add" }).click();
  await expect(page.getByText("1 to 32 lower-case letters")).toBeVisible();
  await page.getByLabel("New environment").fill("Staging");
  await page.getByRole("button", { name: "Add" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "staging" })).toBeVisible();
  await page.getByLabel("Name").last().fill("Second");
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page).toHaveURL(/\/second\/quick-start$/);
  await page.getByRole("button", { name: "Make a key" }).click();
  await expect(page.getByRole("region", { name: ".env" })).toContainText(/st_live_[0-9A-Za-z]{38}/);
});

test("signing out ends the session, signing in leads back to where one was going", async () => {
  await page.goto("/acme-assist/settings/account");
  await expectAccessible();
  const before = await context.cookies();
  await page.getByRole("button", { name: /Mira Kovac/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await expectAccessible();
  await context.addCookies(before);
  await page.goto("/acme-assist/tenants?period=7d");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.getByLabel("E-mail").fill("mira@acme.example");
  await page.getByLabel("Password").fill("wrong horse battery");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "E-mail or password is not right." })).toBeVisible();
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/acme-assist\/tenants\?period=7d$/);
  const after = (await context.cookies()).find(({ name }) => name.includes("session-token"));
  expect(after).toMatchObject({ httpOnly: true, sameSite: "Lax" });
  expect(after?.value).not.toBe(before.find(({ name }) => name.includes("session-token"))?.value);
});

test("neither a page nor the sign-in leads to another site", async () => {
  for (const next of ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)"]) {
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    expect(new URL(page.url()).origin).toBe(server.url);
  }
  const answer = await page.request.get("/api/auth/signin?callbackUrl=https://evil.example", { maxRedirects: 0 });
  expect(new URL(answer.headers().location ?? "/", server.url).origin).toBe(server.url);
});

test("pages are sent with a policy that lets only their own scripts run, and are not kept", async ({ request }) => {
  const first = await request.get(`${server.url}/sign-in`);
  const second = await request.get(`${server.url}/sign-in`);
  const nonce = (policy = "") => /script-src 'self' 'nonce-([^']+)' 'strict-dynamic';/.exec(policy)?.[1];
  const policies = [first, second].map((answer) => answer.headers()["content-security-policy"]);
  expect(nonce(policies[0])).toMatch(/^[0-9a-f]{32}$/);
  expect(nonce(policies[0])).not.toBe(nonce(policies[1]));
  expect(first.headers()).toMatchObject({ "x-frame-options": "DENY", "x-content-type-options": "nosniff" });
  const inside = await page.request.get("/acme-assist");
  expect(inside.headers()["cache-control"]).toContain("no-store");
});

test("the browser had nothing to complain of", () => {
  expect(complaints).toEqual([]);
});
