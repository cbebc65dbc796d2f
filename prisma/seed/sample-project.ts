import { createApiKey } from "@/lib/auth/api-keys";
import type { Scope } from "@/lib/auth/scope";
import { systemScope } from "@/lib/auth/system-scope";
import { writeDb } from "@/lib/db";
import { saveContract } from "@/lib/pricing/save-contract";
import { readNewestPrices } from "@/lib/pricing/versions";

export const SAMPLE_SLUG = "acme-assist";
export const SAMPLE_OWNER = "mira@acme.example";
const KEY_NAME = "Try the API";

/** The project acme-assist with its two environments and its owner, who signs in by link; made unless it is there. */
export async function ensureSampleProject(): Promise<Scope> {
  const db = writeDb();
  const environments = { create: [{ name: "production" }, { name: "staging" }] };
  const [project, owner] = await Promise.all([
    db.project.upsert({
      where: { slug: SAMPLE_SLUG },
      update: {},
      create: { slug: SAMPLE_SLUG, name: SAMPLE_SLUG, environments },
    }),
    db.user.upsert({ where: { email: SAMPLE_OWNER }, update: {}, create: { email: SAMPLE_OWNER, name: "Mira Kovac" } }),
  ]);
  const membership = { userId: owner.id, projectId: project.id };
  await db.membership.upsert({
    where: { userId_projectId: membership },
    update: {},
    create: { ...membership, role: "owner" },
  });
  return systemScope(project.id);
}

/** A new key of production that may ingest and read; the one of the last start ends. */
export async function renewSampleKey({ projectId }: Scope): Promise<string> {
  await writeDb().apiKey.deleteMany({ where: { projectId, name: KEY_NAME } });
  return createApiKey(projectId, { name: KEY_NAME, environment: "production", scopes: ["ingest", "read"] }, null);
}

/** The terms of acme-assist with Anthropic: 6 % off the list price since before the first sample call, for a committed spend. */
export async function ensureSampleContract(scope: Scope, now: Date): Promise<void> {
  const { version, contract } = await readNewestPrices(scope);
  if (contract.overrides.length > 0) return;
  const owner = await writeDb().user.findUniqueOrThrow({ where: { email: SAMPLE_OWNER }, select: { id: true } });
  const result = await saveContract(scope, {
    basedOn: version,
    overrides: [
      {
        ...{ kind: "adjustment", id: "commit26", provider: "anthropic", platform: null, model: null, percent: "-6" },
        ...{ from: `${now.getUTCFullYear() - 1}-01-01`, to: null, note: "Committed spend, order form of January" },
      },
    ],
    reason: "Committed spend with Anthropic",
    userId: owner.id,
  });
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
}
