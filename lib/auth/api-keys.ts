import "server-only";
import type { KeyScope } from "@/lib/auth/require-api-key";
import type { Scope } from "@/lib/auth/scope";
import { hashSecret, keyPrefix, newApiKey } from "@/lib/auth/secret";
import { writeDb } from "@/lib/db";
import type { Prisma } from "@/prisma/client/client";

export type NewKey = Readonly<{ name: string; environment: string; scopes: readonly KeyScope[] }>;

export type ListedKey = Readonly<{
  id: string;
  name: string;
  prefix: string;
  environment: string;
  scopes: readonly string[];
  createdAt: Date;
  createdBy: string | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}>;

/** The keys of a project: those in use first, the newest first. Never a secret. */
export async function listApiKeys(scope: Scope): Promise<ListedKey[]> {
  const keys = await writeDb().apiKey.findMany({
    where: { projectId: scope.projectId },
    include: { createdBy: { select: { name: true } } },
    orderBy: [{ revokedAt: { sort: "desc", nulls: "first" } }, { createdAt: "desc" }],
  });
  return keys.map(({ id, name, prefix, environment, scopes, createdAt, createdBy, lastUsedAt, revokedAt }) => ({
    id,
    name,
    prefix,
    environment,
    scopes,
    createdAt,
    createdBy: createdBy?.name ?? null,
    lastUsedAt,
    revokedAt,
  }));
}

/**
 * Makes a key of a project and stores its hash. Returns the secret: nothing can show it again.
 * @param secret a key brought along, of at least 24 characters; else a new one is made.
 */
export async function createApiKey(
  projectId: number,
  key: NewKey,
  createdById: string | null,
  { db = writeDb(), secret = newApiKey() }: { db?: Prisma.TransactionClient; secret?: string } = {},
): Promise<string> {
  await db.apiKey.create({
    data: {
      projectId,
      environment: key.environment,
      name: key.name,
      scopes: [...key.scopes],
      prefix: keyPrefix(secret),
      secretHash: hashSecret(secret),
      createdById,
    },
  });
  return secret;
}

/** Revokes a key of the project: senders get 401 within 5 s. False if there is no such key in use. */
export async function revokeApiKey(scope: Scope, id: string, now: Date): Promise<boolean> {
  const { count } = await writeDb().apiKey.updateMany({
    where: { id, projectId: scope.projectId, revokedAt: null },
    data: { revokedAt: now },
  });
  return count > 0;
}
