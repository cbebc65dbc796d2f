import { beforeEach, describe, expect, test, vi } from "vitest";
import { POST } from "@/app/api/v1/calls/route";
import { hashSecret } from "@/lib/auth/secret";
import { canSetUp, isSetUp, setUp } from "@/lib/auth/set-up";
import { signInWithLink, signInWithPassword } from "@/lib/auth/sign-in";
import { writeDb } from "@/lib/db";
import { buildCall } from "@/tests/support/calls";

const OWNER = {
  name: "Mira Kovac",
  email: "mira@acme.example",
  password: "correct horse battery",
  project: "Acme Assist",
};
const VISITOR = { address: "10.0.0.1", userAgent: "test", now: new Date() };

/** Starts the server as if for the first time, under these settings. */
async function firstRun(settings: Record<string, string> = {}): Promise<string[]> {
  vi.resetModules();
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  const { prepareFirstRun } = await import("@/lib/auth/first-run");
  return prepareFirstRun();
}

const tokenIn = (lines: string[]) => new URL(lines.at(-1)?.trim() ?? "").searchParams.get("token") ?? "";

beforeEach(async () => {
  vi.unstubAllEnvs();
  const db = writeDb();
  await db.user.deleteMany();
  await db.oneTimeLink.deleteMany();
  await db.project.deleteMany();
});

describe("a server without an owner", () => {
  test("prints a link that lets one set it up", async () => {
    const lines = await firstRun({ NEXTAUTH_URL: "https://spend.acme.example" });
    expect(lines.at(-1)).toMatch(/^ {2}https:\/\/spend\.acme\.example\/setup\?token=[\w-]{43}$/);
    expect(await canSetUp(tokenIn(lines), new Date())).toBe(true);
    expect(await isSetUp()).toBe(false);
  });

  test("is not set up without the token", async () => {
    await firstRun();
    for (const token of ["", "x", hashSecret("x")]) {
      expect(await canSetUp(token, new Date())).toBe(false);
      expect(await setUp(token, OWNER, new Date())).toBeNull();
    }
    expect(await isSetUp()).toBe(false);
  });

  test("gets owner, project, environment and a key that works, and the owner is in", async () => {
    const made = await setUp(tokenIn(await firstRun()), OWNER, new Date());
    expect(made).toMatchObject({ slug: "acme-assist", apiKey: expect.stringMatching(/^st_live_/) });
    expect(await signInWithLink(made?.signInToken ?? "", VISITOR)).toMatchObject({ ok: true });
    expect(await signInWithPassword(OWNER.email, OWNER.password, VISITOR)).toMatchObject({ ok: true });
    const [project] = await writeDb().project.findMany({ include: { environments: true, memberships: true } });
    expect(project?.environments.map(({ name }) => name)).toEqual(["production"]);
    expect(project?.memberships).toMatchObject([{ role: "owner", allTenants: true }]);
    const answer = await POST(
      new Request("http://localhost/api/v1/calls", {
        method: "POST",
        headers: { authorization: `Bearer ${made?.apiKey}`, "content-type": "application/json" },
        body: JSON.stringify(buildCall()),
      }),
    );
    expect(await answer.json()).toMatchObject({ accepted: 1 });
  });

  test("is set up once: of ten tabs side by side one wins", async () => {
    const token = tokenIn(await firstRun());
    const tabs = Array.from({ length: 10 }, (_, n) =>
      setUp(token, { ...OWNER, email: `${n}@acme.example` }, new Date()),
    );
    expect((await Promise.all(tabs)).filter((made) => made !== null)).toHaveLength(1);
    expect(await writeDb().user.count()).toBe(1);
    expect(await writeDb().project.count()).toBe(1);
    expect(await setUp(token, OWNER, new Date())).toBeNull();
  });

  test("is set up once also by the links of two instances", async () => {
    const [first, second] = [tokenIn(await firstRun()), tokenIn(await firstRun())];
    const made = await Promise.all([first, second].map((token) => setUp(token, OWNER, new Date())));
    expect(made.filter((one) => one !== null)).toHaveLength(1);
    expect(await writeDb().oneTimeLink.count({ where: { purpose: "setup" } })).toBe(0);
  });
});

test("a server with an owner prints nothing", async () => {
  await setUp(tokenIn(await firstRun()), OWNER, new Date());
  expect(await firstRun()).toEqual([]);
});

describe("settings", () => {
  const KEY = "the-operators-own-key-of-any-text";
  const HEADLESS = {
    SPENDTRACE_INIT_OWNER_EMAIL: "Mira@Acme.example",
    SPENDTRACE_INIT_OWNER_PASSWORD: OWNER.password,
    SPENDTRACE_INIT_API_KEY: KEY,
    SPENDTRACE_INIT_PROJECT: "Acme Assist",
  };

  test("make owner, project and key without anybody at a browser", async () => {
    expect(await firstRun(HEADLESS)).toEqual([]);
    expect(await signInWithPassword(OWNER.email, OWNER.password, VISITOR)).toMatchObject({ ok: true });
    const [key] = await writeDb().apiKey.findMany({ include: { project: true } });
    expect(key).toMatchObject({ scopes: ["ingest", "read"], environment: "production", secretHash: hashSecret(KEY) });
    expect(key?.project).toMatchObject({ slug: "acme-assist", name: "Acme Assist" });
    expect(await writeDb().membership.count({ where: { role: "owner" } })).toBe(1);
  });

  test("make the owner also where a set-up link was printed before, which is void then", async () => {
    const token = tokenIn(await firstRun());
    await firstRun(HEADLESS);
    expect(await canSetUp(token, new Date())).toBe(false);
    expect(await setUp(token, { ...OWNER, email: "other@acme.example" }, new Date())).toBeNull();
    expect(await writeDb().user.count()).toBe(1);
  });

  test("change nothing at the second start, and two at once do it once", async () => {
    await Promise.all([firstRun(HEADLESS), firstRun(HEADLESS)]);
    await firstRun({ ...HEADLESS, SPENDTRACE_INIT_OWNER_PASSWORD: "another horse battery" });
    expect(await writeDb().user.count()).toBe(1);
    expect(await writeDb().apiKey.count()).toBe(1);
    expect(await signInWithPassword(OWNER.email, OWNER.password, VISITOR)).toMatchObject({ ok: true });
  });

  test("do not bring a revoked key back", async () => {
    await firstRun(HEADLESS);
    await writeDb().apiKey.updateMany({ data: { revokedAt: new Date() } });
    await firstRun();
    expect(await writeDb().apiKey.count({ where: { revokedAt: null } })).toBe(0);
  });

  test("with a key alone leave the owner to the link, who then owns its project", async () => {
    const lines = await firstRun({ SPENDTRACE_INIT_API_KEY: KEY });
    const made = await setUp(tokenIn(lines), OWNER, new Date());
    expect(made).toMatchObject({ slug: "default", apiKey: null });
    expect(await writeDb().membership.count({ where: { role: "owner" } })).toBe(1);
  });

  test.each([
    [{ SPENDTRACE_INIT_OWNER_EMAIL: "mira@acme.example" }, "set both, or neither"],
    [{ ...HEADLESS, SPENDTRACE_INIT_OWNER_PASSWORD: "short" }, "at least 12 characters"],
    [{ ...HEADLESS, SPENDTRACE_INIT_OWNER_PASSWORD: "aaaaaaaaaaaaaaaa" }, "At least 5 different characters"],
    [{ ...HEADLESS, SPENDTRACE_INIT_API_KEY: "too-short" }, "at least 24 characters"],
    [{ ...HEADLESS, SPENDTRACE_INIT_API_KEY: "with spaces in between the words" }, "visible ASCII"],
  ])("%j are refused: %s", async (settings, message) => {
    await expect(firstRun(settings)).rejects.toThrow(message);
    expect(await isSetUp()).toBe(false);
  });
});
