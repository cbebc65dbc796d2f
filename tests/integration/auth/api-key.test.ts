import { beforeAll, describe, expect, test, vi } from "vitest";
import { createApiKey, listApiKeys, revokeApiKey } from "@/lib/auth/api-keys";
import { type KeyScope, requireApiKey } from "@/lib/auth/require-api-key";
import { newApiKey } from "@/lib/auth/secret";
import { writeDb } from "@/lib/db";
import { createProject, type TestProject } from "@/tests/support/project";

let project: TestProject;
beforeAll(async () => {
  project = await createProject();
});

function prove(secret: string | null, needs: KeyScope = "ingest", headers: Record<string, string> = {}) {
  const authorization: Record<string, string> = secret === null ? {} : { authorization: `Bearer ${secret}` };
  return requireApiKey(new Request("http://localhost/", { headers: { ...authorization, ...headers } }), needs);
}

function make(scopes: KeyScope[], secret?: string): Promise<string> {
  return createApiKey(project.id, { name: "test", environment: "production", scopes }, null, { secret });
}

describe("a key", () => {
  test("proves its project and environment, and to ingest nothing more", async () => {
    const proof = await prove(await make(["ingest", "read"]));
    expect(proof).toMatchObject({ ok: true, environment: "production" });
    expect(proof.ok && { ...proof.scope }).toEqual({
      projectId: project.id,
      role: "ingest",
      tenants: "all",
      environment: "production",
    });
  });

  test("that reads does so as a viewer of its environment", async () => {
    const proof = await prove(await make(["read"]), "read");
    expect(proof.ok && { ...proof.scope }).toEqual({
      projectId: project.id,
      role: "viewer",
      tenants: "all",
      environment: "production",
    });
  });

  test("without the scope is 403 and says which it needs", async () => {
    const proof = await prove(await make(["ingest"]), "read");
    expect(proof).toMatchObject({ ok: false, status: 403, detail: expect.stringContaining("needs read") });
  });

  test("may be any text that the operator brought along", async () => {
    const secret = "whatever/the+operator=likes~and-is-long";
    await make(["ingest"], secret);
    expect(await prove(secret)).toMatchObject({ ok: true });
  });

  test.each([
    ["none", null],
    ["an unknown one", newApiKey()],
    ["an overlong one", "x".repeat(600)],
  ])("%s is 401", async (_what, secret) => {
    expect(await prove(secret)).toMatchObject({ ok: false, status: 401, headers: { "www-authenticate": "Bearer" } });
  });

  test.each(["Bearer", "Bearer %", "Bearer ", "Basic c3RfbGl2ZV8=", "bearer a b", "st_live_x"])(
    "the header %j is 401",
    async (authorization) => {
      expect(await prove(null, "ingest", { authorization })).toMatchObject({ ok: false, status: 401 });
    },
  );

  test("cut short is called mistyped", async () => {
    const secret = await make(["ingest"]);
    expect(await prove(secret.slice(0, -2))).toMatchObject({
      status: 401,
      detail: expect.stringContaining("cut short"),
    });
  });

  test("that is made after it was refused works at once", async () => {
    const secret = newApiKey();
    expect(await prove(secret)).toMatchObject({ status: 401 });
    await make(["ingest"], secret);
    expect(await prove(secret)).toMatchObject({ ok: true });
  });

  test("is refused within five seconds of its revocation, though in use all the time", async () => {
    const secret = await make(["ingest"]);
    const proof = await prove(secret);
    expect(await revokeApiKey(project.scope, proof.ok ? proof.keyId : "", new Date())).toBe(true);
    const revokedAt = performance.now();
    while ((await prove(secret)).ok) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(performance.now() - revokedAt).toBeLessThan(5000);
    expect(await prove(secret)).toMatchObject({ status: 401, detail: expect.stringContaining("revoked") });
  });

  test("of another project cannot be revoked", async () => {
    const secret = await make(["ingest"]);
    const proof = await prove(secret);
    const other = await createProject();
    expect(await revokeApiKey(other.scope, proof.ok ? proof.keyId : "", new Date())).toBe(false);
  });

  test("is asked for once, however many requests come in", async () => {
    const secret = await make(["ingest"]);
    const find = vi.spyOn(writeDb().apiKey, "findUnique");
    await Promise.all(Array.from({ length: 50 }, () => prove(secret)));
    expect(find).toHaveBeenCalledTimes(1);
    find.mockRestore();
  });

  test("notes its use", async () => {
    const fresh = await createProject();
    const key = { name: "used", environment: "production", scopes: ["ingest"] } as const;
    const secret = await createApiKey(fresh.id, key, null);
    expect((await listApiKeys(fresh.scope))[0]?.lastUsedAt).toBeNull();
    await prove(secret);
    await vi.waitFor(async () => expect((await listApiKeys(fresh.scope))[0]?.lastUsedAt).toBeInstanceOf(Date));
  });
});

test("a database that is away is 503, within a second, and never 401", async () => {
  const secret = await make(["ingest"]);
  const away = vi.spyOn(writeDb().apiKey, "findUnique").mockRejectedValueOnce(new Error("connection refused"));
  expect(await prove(secret)).toMatchObject({ ok: false, status: 503, headers: { "retry-after": "2" } });
  away.mockImplementationOnce((() => new Promise(() => undefined)) as unknown as typeof away);
  const asked = performance.now();
  expect(await prove(secret)).toMatchObject({ ok: false, status: 503 });
  expect(performance.now() - asked).toBeLessThan(1000);
  away.mockRestore();
  expect(await prove(secret)).toMatchObject({ ok: true });
});

test("no table holds a usable key", async () => {
  const secret = await make(["ingest"]);
  const rows = await writeDb().$queryRaw<{ dump: string }[]>`SELECT api_key::text AS dump FROM api_key`;
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.some(({ dump }) => dump.includes(secret.slice(12)))).toBe(false);
});
