import { Buffer } from "node:buffer";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";

const IMPORT = "/acme-assist/import";

/** A file with headers of its own, semicolons, a byte order mark and times without a zone; unlike any other run's. */
function oddCsv(run: string): Buffer {
  const rows = [
    "when;nr;customer name;llm;in;out",
    `2026-11-20 12:00:00;${run}-1;Import & Sons;claude-sonnet-5-5;1000;100`,
    `2026-11-20 12:00:01;${run}-2;Import & Sons;nobody-knows-${run};10;10`,
    `2026-11-20 12:00:02;${run}-3;Import & Sons;claude-sonnet-5-5;many;10`,
  ];
  return Buffer.from(`\uFEFF${rows.join("\r\n")}\r\n`);
}

async function choose(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.getByLabel(/Drop a file here|\.csv|\.jsonl/).setInputFiles({ name, mimeType: "text/plain", buffer });
}

/** Drops a file on the zone, as a person does from a window of files. */
async function drop(page: Page, name: string, buffer: Buffer): Promise<void> {
  const data = await page.evaluateHandle(
    ([file, base64]) => {
      const transfer = new DataTransfer();
      const bytes = Uint8Array.from(atob(base64 ?? ""), (char) => char.charCodeAt(0));
      transfer.items.add(new File([bytes], file ?? ""));
      return transfer;
    },
    [name, buffer.toString("base64")],
  );
  await page.getByText("Drop a file here, or choose one").dispatchEvent("drop", { dataTransfer: data });
}

async function map(page: Page, column: string, field: string): Promise<void> {
  await page.getByRole("combobox", { name: `Field for ${column}` }).click();
  await page.getByRole("option", { name: field, exact: true }).click();
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(", ")}`)).toEqual([]);
}

const figure = (page: Page, name: string) =>
  page
    .locator("dl > div")
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator("dd")
    .first();

test("a CSV with headers of its own is dropped, mapped, looked at, imported and found among the calls", async ({
  page,
}) => {
  const run = `e2e${Date.now()}`;
  await page.goto("/acme-assist/calls");
  await page.getByRole("link", { name: "Import", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`${IMPORT}$`));
  await drop(page, "odd.csv", oddCsv(run));
  const start = page.getByRole("button", { name: "Import into production" });
  await start.click();
  await expect(
    page.getByText(/^Still to be said: occurred_at, request_id, tenant_id, feature, model\.$/),
  ).toBeVisible();
  await map(page, "when", "occurred_at");
  await map(page, "nr", "request_id");
  await map(page, "customer name", "tenant_id");
  await map(page, "llm", "model");
  await map(page, "in", "input_tokens");
  await map(page, "out", "output_tokens");
  await page.getByLabel("Feature", { exact: true }).fill("imported");
  await page.getByLabel("Time zone", { exact: true }).fill("Asia/Tokyo");
  const preview = page.getByRole("table", { name: "First calls" });
  const rows = preview.getByRole("row");
  await expect(rows.nth(1)).toContainText("2026-11-20T03:00:00.000Z");
  await expect(rows.nth(1)).toContainText("$0.002820");
  await expect(rows.nth(2)).toContainText("unpriced");
  await expect(rows.nth(3)).toContainText("input_tokens must be an integer from 0 to");
  await expectAccessible(page);

  await start.click();
  await expect(page.getByRole("status")).toHaveText("2 calls are new, 0 were stored already.");
  await expect(figure(page, "Refused")).toHaveText("1");
  await expect(figure(page, "Unpriced")).toHaveText("1");
  await expectAccessible(page);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Refused lines, with reasons" }).click(),
  ]);
  const text = (await (await download.createReadStream()).toArray()).join("");
  expect(JSON.parse(text)).toMatchObject({ file: "odd.csv", line: 4, request_id: `${run}-3` });

  await page.getByRole("link", { name: "See the calls of these days" }).click();
  await expect(page).toHaveURL(/\/calls\?from=2026-11-20&to=2026-11-21/);
  await page.goto(`/acme-assist/calls?from=2026-11-20&to=2026-11-21&filter.request=${run}-1`);
  await expect(page.getByRole("main")).toContainText("Import & Sons");
});

test("the same file again changes nothing, and transcripts are told by their content", async ({ page }) => {
  const run = `e2e${Date.now()}`;
  const line = (output: number, stop: string | null) => ({
    type: "assistant",
    timestamp: "2026-11-20T12:00:00.000Z",
    sessionId: run,
    cwd: "/home/ana/traced",
    version: "2.1.12",
    message: {
      id: `msg_${run}`,
      model: "claude-sonnet-5-5",
      stop_reason: stop,
      content: [{ type: "text", text: "not for anybody" }],
      usage: { input_tokens: 1000, output_tokens: output },
    },
  });
  const content = Buffer.from(
    [line(1, null), line(100, "end_turn")].map((entry) => `${JSON.stringify(entry)}\n`).join(""),
  );
  const bodies: string[] = [];
  page.on("request", (request) => bodies.push(request.postData() ?? ""));
  await page.goto(IMPORT);
  for (const said of ["1 call is new, 0 were stored already.", "0 calls are new, 1 was stored already."]) {
    await choose(page, "session.jsonl", content);
    await expect(page.getByText("Claude Code transcripts")).toBeVisible();
    await page.getByLabel("Tenant", { exact: true }).fill("ana");
    await expect(page.getByRole("table", { name: "First calls" })).toContainText("$0.002820");
    await page.getByRole("button", { name: "Import into production" }).click();
    await expect(page.getByRole("status")).toHaveText(said);
  }
  expect(bodies.join("")).not.toContain("not for anybody");
});

test("an import can be held up, goes on, and leaving the page asks first", async ({ page }) => {
  const run = `e2e${Date.now()}`;
  const lines = Array.from({ length: 20_000 }, (_, n) =>
    JSON.stringify({
      occurred_at: new Date(Date.UTC(2026, 9, 1) + n * 1000).toISOString(),
      request_id: `${run}-${n}`,
      tenant_id: "Import & Sons",
      feature: "imported",
      model: "claude-haiku-5-5",
      input_tokens: 1,
      output_tokens: 1,
    }),
  );
  await page.route("**/import/calls?**", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    await route.continue();
  });
  await page.goto(IMPORT);
  await choose(page, "large.jsonl", Buffer.from(lines.join("\n")));
  await page.getByRole("button", { name: "Import into production" }).click();
  await expect(page.getByText(/^\d[\d,]* a second, .* left$/)).toBeVisible();
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByText("waiting for you")).toBeVisible();
  await page.waitForTimeout(1500);
  const held = await figure(page, "Accepted").textContent();
  await page.waitForTimeout(1000);
  expect(await figure(page, "Accepted").textContent()).toBe(held);
  await expectAccessible(page);
  const asked = page.waitForEvent("dialog");
  const leaving = page.goto("/acme-assist").catch(() => undefined);
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  await leaving;
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("status")).toHaveText("20,000 calls are new, 0 were stored already.");
});

test("what is no file of calls says why", async ({ page }) => {
  await page.goto(IMPORT);
  await choose(page, "empty.csv", Buffer.from(""));
  await expect(page.getByRole("alert").filter({ hasText: "empty.csv: is empty" })).toBeVisible();
  await choose(page, "utf16.csv", Buffer.from("\uFEFFa;b", "utf16le"));
  await expect(page.getByRole("alert").filter({ hasText: "utf16.csv: is UTF-16: save it as UTF-8" })).toBeVisible();
});
