import "server-only";
import { proveScope } from "@/lib/auth/prove-scope";
import type { Scope } from "@/lib/auth/scope";
import { equalHashes, hashSecret, isMistypedApiKey } from "@/lib/auth/secret";
import { writeDb } from "@/lib/db";
import type { Incoming } from "@/lib/http";
import { log } from "@/lib/log";

export type KeyScope = "ingest" | "read";

export type KeyProof =
  | Readonly<{ ok: true; scope: Scope; environment: string; keyId: string }>
  | Readonly<{
      ok: false;
      /** 401 no such key, 403 the key may not do this, 503 the database is away: nothing is known about the key. */
      status: 401 | 403 | 503;
      title: string;
      detail: string;
      headers: Readonly<Record<string, string>>;
    }>;

type StoredKey = Readonly<{
  id: string;
  projectId: number;
  environment: string;
  scopes: readonly string[];
  secretHash: string;
  revokedAt: Date | null;
}>;

/** A revoked key is refused on every instance within 5 s: the age of an answer counts from when it was asked for. */
const CACHE_MS = 4_000;
const CACHE_SIZE = 1_000;
const LOOKUP_MS = 900;
const USE_NOTED_EVERY_MS = 60_000;
const LONGEST_KEY = 512;

const known = new Map<string, { key: Promise<StoredKey | null>; until: number }>();
const usedAt = new Map<string, number>();

/**
 * Proves the bearer key of a request; cookies count for nothing here. Answers within a second, also when the database is away.
 * @param needs `ingest` to write calls (its scope may read nothing), `read` to see reports (as a viewer of all tenants).
 */
export async function requireApiKey(request: Pick<Incoming, "headers">, needs: KeyScope): Promise<KeyProof> {
  const secret = /^Bearer +(\S+) *$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (secret === undefined) return unauthorized("Send the API key in the header Authorization: Bearer st_live_…");
  if (secret.length > LONGEST_KEY) return unauthorized("No API key is that long.");
  let key: StoredKey | null;
  try {
    key = await lookUp(hashSecret(secret));
  } catch (error) {
    log.error({ err: error }, "an API key could not be checked");
    return unavailable();
  }
  if (key === null) {
    return unauthorized(
      isMistypedApiKey(secret)
        ? "This is not a whole API key: its check digits do not match. It was cut short or mistyped."
        : "No such API key.",
    );
  }
  if (key.revokedAt !== null) return unauthorized("This API key was revoked. Make another under Settings, API keys.");
  if (!key.scopes.includes(needs)) return forbidden(key.scopes, needs);
  noteUse(key.id);
  const role = needs === "ingest" ? "ingest" : "viewer";
  const scope = proveScope({ projectId: key.projectId, role, tenants: "all", environment: key.environment });
  return { ok: true, scope, environment: key.environment, keyId: key.id };
}

async function lookUp(hash: string): Promise<StoredKey | null> {
  const asked = performance.now();
  const hit = known.get(hash);
  if (hit && hit.until > asked) return hit.key;
  const key = inTime(find(hash));
  if (known.size >= CACHE_SIZE) known.clear();
  known.set(hash, { key, until: asked + CACHE_MS });
  const forget = () => known.get(hash)?.key === key && known.delete(hash);
  // Only a known key is worth keeping: an unknown one may be made the next moment, a failure may pass.
  key.then((found) => found ?? forget(), forget);
  return key;
}

async function find(hash: string): Promise<StoredKey | null> {
  const select = { id: true, projectId: true, environment: true, scopes: true, secretHash: true, revokedAt: true };
  const key = await writeDb().apiKey.findUnique({ where: { secretHash: hash }, select });
  return key && equalHashes(key.secretHash, hash) ? key : null;
}

function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer from the database within ${LOOKUP_MS} ms`)), LOOKUP_MS);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/** At most once a minute, beside the request: a use that cannot be noted is no reason to refuse the call. */
function noteUse(id: string): void {
  const at = performance.now();
  if (at - (usedAt.get(id) ?? Number.NEGATIVE_INFINITY) < USE_NOTED_EVERY_MS) return;
  usedAt.set(id, at);
  const noted = writeDb().$executeRaw`UPDATE api_key SET last_used_at = now() WHERE id = ${id}::uuid`;
  noted.then(undefined, (error: unknown) => log.warn({ err: error, keyId: id }, "the use of an API key was not noted"));
}

function unauthorized(detail: string): KeyProof {
  return { ok: false, status: 401, title: "Unauthorized", detail, headers: { "www-authenticate": "Bearer" } };
}

function forbidden(scopes: readonly string[], needs: KeyScope): KeyProof {
  const detail = `This API key has the scope ${scopes.join(" and ") || "none"}; this address needs ${needs}.`;
  return { ok: false, status: 403, title: "Forbidden", detail, headers: {} };
}

function unavailable(): KeyProof {
  const detail =
    "The API key could not be checked: the database does not answer. Nothing was stored; send the same again.";
  return { ok: false, status: 503, title: "Service unavailable", detail, headers: { "retry-after": "2" } };
}
