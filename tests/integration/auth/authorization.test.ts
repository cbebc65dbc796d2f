import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { createApiKey } from "@/lib/auth/api-keys";
import { hashSecret, newApiKey } from "@/lib/auth/secret";
import { revokeSessions } from "@/lib/auth/session";
import { systemScope } from "@/lib/auth/system-scope";
import { writeDb } from "@/lib/db";
import { createRun } from "@/lib/reprice/runs";
import { type CallsApi, createCallsApi } from "@/tests/support/api";
import { buildCall } from "@/tests/support/calls";
import { createProject } from "@/tests/support/project";
import { createPerson, openSession, outcome, type Person, visit } from "@/tests/support/visitor";

vi.mock("next/headers", () => import("@/tests/support/visitor"));
vi.mock("next/cache", () => ({ revalidatePath: () => undefined }));

type Door = "anyone" | "signed in" | "viewer" | "member" | "owner";

/** Who may enter each page, route and action. One that is not here fails: nothing becomes public by being forgotten. */
const DOORS: Readonly<Record<string, Door>> = {
  "app/page.tsx": "signed in",
  "app/(auth)/sign-in/page.tsx": "anyone",
  "app/(auth)/sign-in/link/page.tsx": "anyone",
  "app/(auth)/setup/page.tsx": "anyone",
  "app/(auth)/setup/actions.ts setUpServer": "anyone",
  "app/(auth)/invitation/page.tsx": "anyone",
  "app/(auth)/invitation/actions.ts join": "anyone",
  "app/(auth)/no-project/page.tsx": "signed in",
  "app/[project]/page.tsx": "viewer",
  "app/[project]/load-values.ts loadValues": "viewer",
  "app/[project]/load-last-call.ts loadLastCall": "viewer",
  "app/[project]/tenants/page.tsx": "viewer",
  "app/[project]/tenants/[tenant]/page.tsx": "viewer",
  "app/[project]/features/page.tsx": "viewer",
  "app/[project]/features/[feature]/page.tsx": "viewer",
  "app/[project]/deploys/page.tsx": "viewer",
  "app/[project]/prompts/page.tsx": "viewer",
  "app/[project]/prompts/[hash]/page.tsx": "viewer",
  "app/[project]/deploys/[sha]/page.tsx": "viewer",
  "app/[project]/cache/page.tsx": "viewer",
  "app/[project]/deploys/bisect/page.tsx": "viewer",
  "app/[project]/movers/page.tsx": "viewer",
  "app/[project]/reliability/page.tsx": "viewer",
  "app/[project]/models/page.tsx": "viewer",
  "app/[project]/models/[model]/page.tsx": "viewer",
  "app/[project]/calculator/page.tsx": "viewer",
  "app/[project]/calls/page.tsx": "viewer",
  "app/[project]/calls/[id]/page.tsx": "viewer",
  "app/[project]/tasks/page.tsx": "viewer",
  "app/[project]/tasks/[task]/page.tsx": "viewer",
  "app/[project]/sessions/page.tsx": "viewer",
  "app/[project]/sessions/[session]/page.tsx": "viewer",
  "app/[project]/export/[report]/route.ts GET": "viewer",
  "app/[project]/export/calls/route.ts GET": "viewer",
  "app/[project]/export/prices/route.ts GET": "viewer",
  "app/[project]/import/page.tsx": "member",
  "app/[project]/import/actions.ts previewCalls": "member",
  "app/[project]/import/calls/route.ts POST": "member",
  "app/[project]/quick-start/page.tsx": "viewer",
  "app/[project]/quick-start/first-call/route.ts GET": "viewer",
  "app/[project]/settings/page.tsx": "viewer",
  "app/[project]/settings/api-keys/page.tsx": "member",
  "app/[project]/settings/api-keys/actions.ts makeKey": "member",
  "app/[project]/settings/api-keys/actions.ts revokeKey": "member",
  "app/[project]/settings/members/page.tsx": "member",
  "app/[project]/settings/members/actions.ts invite": "owner",
  "app/[project]/settings/members/actions.ts makeLink": "owner",
  "app/[project]/settings/members/actions.ts change": "owner",
  "app/[project]/settings/members/actions.ts remove": "owner",
  "app/[project]/settings/project/page.tsx": "member",
  "app/[project]/settings/project/actions.ts rename": "owner",
  "app/[project]/settings/project/actions.ts addOne": "owner",
  "app/[project]/settings/project/actions.ts createAnother": "owner",
  "app/[project]/settings/prices/page.tsx": "viewer",
  "app/[project]/settings/prices/[model]/page.tsx": "viewer",
  "app/[project]/settings/unpriced/page.tsx": "viewer",
  "app/[project]/settings/reprice/page.tsx": "member",
  "app/[project]/settings/reprice/[run]/page.tsx": "member",
  "app/[project]/settings/reprice/actions.ts create": "owner",
  "app/[project]/settings/reprice/actions.ts apply": "owner",
  "app/[project]/settings/reprice/actions.ts cancel": "owner",
  "app/[project]/settings/reprice/actions.ts resume": "owner",
  "app/[project]/settings/reprice/actions.ts undo": "owner",
  "app/[project]/settings/reprice/actions.ts close": "owner",
  "app/[project]/settings/reprice/actions.ts reopen": "owner",
  "app/[project]/settings/contract/page.tsx": "member",
  "app/[project]/settings/contract/actions.ts putOverride": "owner",
  "app/[project]/settings/contract/actions.ts endOverride": "owner",
  "app/[project]/settings/contract/actions.ts removeOverride": "owner",
  "app/[project]/settings/contract/actions.ts restoreContract": "owner",
  "app/[project]/settings/sources/page.tsx": "viewer",
  "app/[project]/settings/mapping/page.tsx": "member",
  "app/[project]/settings/mapping/actions.ts putMapping": "owner",
  "app/[project]/settings/mapping/actions.ts dropMapping": "owner",
  "app/[project]/settings/mapping/actions.ts tryMapping": "member",
  "app/[project]/settings/account/page.tsx": "viewer",
  "app/[project]/settings/account/actions.ts setPassword": "signed in",
  "app/[project]/settings/account/actions.ts endSession": "signed in",
  "app/[project]/settings/account/actions.ts endOtherSessions": "signed in",
};

/** Who may call each route of the API; `anyone` sees nothing of a project there. */
const API: Readonly<Record<string, "anyone" | "ingest" | "read">> = {
  "app/api/auth/[...nextauth]/route.ts GET": "anyone",
  "app/api/auth/[...nextauth]/route.ts POST": "anyone",
  "app/api/health/route.ts GET": "anyone",
  "app/api/health/live/route.ts GET": "anyone",
  "app/api/metrics/route.ts GET": "anyone",
  "app/api/v1/calls/route.ts POST": "ingest",
  "app/api/v1/calls/route.ts GET": "read",
  "app/api/v1/outcomes/route.ts POST": "ingest",
  "app/api/v1/deploys/route.ts POST": "ingest",
  "app/api/v1/deploys/[sha]/verdict/route.ts GET": "read",
  "app/api/v1/client-reports/route.ts POST": "ingest",
  "app/api/v1/litellm/route.ts POST": "ingest",
  "app/api/otlp/v1/traces/route.ts POST": "ingest",
  "app/api/otlp/v1/logs/route.ts POST": "ingest",
  "app/api/otlp/v1/metrics/route.ts POST": "anyone",
  "app/api/v1/reports/route.ts GET": "read",
  "app/api/v1/reports/[report]/route.ts GET": "read",
  "app/api/v1/price/route.ts GET": "read",
};

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const RANK: Readonly<Record<string, number>> = { viewer: 1, member: 2, owner: 3 };

type Call = (...args: unknown[]) => unknown;
type Entrance = { name: string; file: string; call: Call; run: (slug: string) => unknown };
type Loaded = Record<string, Call>;

const files = readdirSync("app", { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => path.join(entry.parentPath, entry.name))
  .sort();

const ARGUMENTS: Record<string, string> = {
  tenant: "acme",
  feature: "support-reply",
  sha: "a1b2c3d",
  hash: "9c41e07b2f6ad815",
  model: "claude-sonnet-5-5",
  report: "usage-summary",
  session: "sess-1",
  task: "task-1",
};

/** The parameters of a path, as Next gives them. */
function paramsOf(file: string, slug: string) {
  const names = [...file.matchAll(/\[([a-z]+)\]/g)].map(([, name = ""]) => name);
  return Promise.resolve(Object.fromEntries(names.map((name) => [name, name === "project" ? slug : ARGUMENTS[name]])));
}

async function entrances(): Promise<Entrance[]> {
  const found: Entrance[] = [];
  for (const file of files) {
    const isPage = path.basename(file) === "page.tsx";
    const isRoute = path.basename(file) === "route.ts";
    const isAction = readFileSync(file, "utf8").startsWith('"use server"');
    if (!isPage && !isRoute && !isAction) continue;
    const loaded: Loaded = await import(path.resolve(file));
    for (const [name, call] of Object.entries(loaded)) {
      if (isPage && name === "default") {
        const run = (slug: string) => call({ params: paramsOf(file, slug), searchParams: Promise.resolve({}) });
        found.push({ name: file, file, call, run });
      }
      if (isRoute && METHODS.includes(name)) {
        const run = (slug: string) => call(new Request("http://localhost:3000/"), { params: paramsOf(file, slug) });
        found.push({ name: `${file} ${name}`, file, call, run });
      }
      if (isAction) {
        // The actions of a project are told which one first; those of an account know only the session.
        const isOfProject = file.startsWith("app/[project]/") && !file.includes("/account/");
        const run = (slug: string) => (isOfProject ? call(slug, name === "loadValues" ? "tenant" : {}) : call({}));
        found.push({ name: `${file} ${name}`, file, call, run });
      }
    }
  }
  return found;
}

let api: CallsApi;
let all: Entrance[];
const people: Record<string, Person | undefined> = {};

beforeAll(async () => {
  api = await createCallsApi();
  const other = await createProject();
  await api.post([buildCall({ tenant_id: "acme", feature: "support-reply", deploy_sha: "a1b2c3d" })]);
  ARGUMENTS.id = String((await api.list()).body.calls[0]?.id);
  const span = { from: "2026-11-01", to: "2026-12-01", models: [], version: null };
  ARGUMENTS.run = String(await createRun(systemScope(api.id), null, { ...span, reason: "A page to visit" }));
  all = await entrances();
  people.viewer = await createPerson(api.id, "viewer");
  people["viewer of a tenant"] = await createPerson(api.id, "viewer", ["acme"]);
  people.member = await createPerson(api.id, "member");
  people.owner = await createPerson(api.id, "owner");
  people.stranger = await createPerson(other.id, "owner");
  const left = await createPerson(api.id, "owner");
  await revokeSessions(left.userId, { only: left.sessionId }, new Date());
  people["owner whose session was revoked"] = left;
  const idle = await createPerson(api.id, "owner");
  const yesterday = new Date(Date.now() - 12 * 3_600_000 - 1000);
  people["owner who was away for twelve hours"] = { ...idle, ...(await openSession(idle.userId, yesterday)) };
  people.nobody = undefined;
});

function expected(door: Door, who: string): string {
  if (door === "anyone") return "in";
  if (!people[who] || who.startsWith("owner who")) return "sign-in";
  if (door === "signed in") return "in";
  const rank = who === "stranger" ? 0 : (RANK[who.split(" ")[0] ?? ""] ?? 0);
  return rank >= (RANK[door] ?? 9) ? "in" : "404";
}

test("every page, route and action has its place in the table, and nothing else", () => {
  expect(all.map(({ name }) => name).sort()).toEqual([...Object.keys(DOORS), ...Object.keys(API)].sort());
});

const WHO = [
  "nobody",
  "stranger",
  "viewer",
  "viewer of a tenant",
  "member",
  "owner",
  "owner whose session was revoked",
  "owner who was away for twelve hours",
];

test.each(WHO)("%s gets in where the table says, and nowhere else", async (who) => {
  const met: Record<string, string> = {};
  const wanted: Record<string, string> = {};
  for (const { name, run } of all.filter(({ name }) => DOORS[name])) {
    visit(people[who]?.cookie);
    met[name] = await outcome(() => run(api.slug));
    wanted[name] = expected(DOORS[name] ?? "owner", who);
  }
  expect(met).toEqual(wanted);
});

test.each([[null], ["null"], ["https://evil.example"], ["http://localhost:3001"]])(
  "no action of an owner is done for the origin %s",
  async (origin) => {
    const actions = all.filter(({ file }) => file.endsWith("actions.ts"));
    expect(actions.length).toBeGreaterThan(12);
    for (const { name, run } of actions) {
      visit(people.owner?.cookie, origin);
      await expect(Promise.resolve(run(api.slug)), name).rejects.toThrow("did not come from this site");
    }
  },
);

describe("the API", () => {
  const OTHER = "app/api/v1/reports/[report]/route.ts GET";
  const guarded = () => all.filter(({ name }) => API[name] === "ingest" || API[name] === "read");
  const withKey = async (entrance: Entrance, key: string | null, cookie = "") => {
    const headers = { cookie: `next-auth.session-token=${cookie}`, ...(key && { authorization: `Bearer ${key}` }) };
    const isPost = entrance.name.endsWith(" POST");
    const request = new Request("http://localhost:3000/api", { method: isPost ? "POST" : "GET", headers });
    return ((await entrance.call(request, { params: paramsOf(entrance.file, api.slug) })) as Response).status;
  };

  test("no route of it is entered with a cookie, an owner's neither", async () => {
    visit(people.owner?.cookie);
    for (const entrance of guarded())
      expect(await withKey(entrance, null, people.owner?.cookie), entrance.name).toBe(401);
  });

  test.each([["ingest"], ["read"]] as const)("a key that may %s gets in there and nowhere else", async (scope) => {
    const key = await createApiKey(api.id, { name: scope, environment: "production", scopes: [scope] }, null);
    for (const entrance of guarded()) {
      const status = await withKey(entrance, key);
      if (API[entrance.name] === scope) expect([401, 403], `${entrance.name} ${status}`).not.toContain(status);
      else expect(status, entrance.name).toBe(403);
    }
  });

  test("a revoked key and one that never was get in nowhere", async () => {
    const key = { name: "gone", environment: "production", scopes: ["ingest", "read"] } as const;
    const revoked = await createApiKey(api.id, key, null);
    await writeDb().apiKey.updateMany({ where: { secretHash: hashSecret(revoked) }, data: { revokedAt: new Date() } });
    for (const entrance of guarded()) {
      expect(await withKey(entrance, revoked), entrance.name).toBe(401);
      expect(await withKey(entrance, newApiKey()), entrance.name).toBe(401);
    }
  });

  test("a key of another project sees nothing of this one", async () => {
    const other = await createCallsApi();
    const request = new Request("http://localhost:3000/api?period=90d&group_by=tenant", {
      headers: { authorization: `Bearer ${other.key}` },
    });
    const report = all.find(({ name }) => name === OTHER);
    const answer = (await report?.call(request, { params: paramsOf(report.file, api.slug) })) as Response;
    expect(answer.status).toBe(200);
    expect(await answer.text()).not.toContain("acme");
  });
});
