import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { writeDb } from "@/lib/db";
import { type ContractError, checkContract } from "@/lib/pricing/contract-rules";
import { contractSchema, storeOverride } from "@/lib/pricing/contract-schema";
import { refreshPrices } from "@/lib/pricing/current-prices";
import { isUniqueViolation, readNewestPrices } from "@/lib/pricing/versions";
import type { Prisma } from "@/prisma/client/client";

export type ContractChange = Readonly<{
  /** The version that the change was made on: a newer one is not overwritten. */
  basedOn: number;
  /** All overrides of the new contract, in the form of `contractSchema`, unchecked. */
  overrides: readonly unknown[];
  /** What was changed, for the list of versions. */
  reason: string;
  userId: string;
}>;

export type ContractResult =
  | Readonly<{ ok: true; version: number }>
  | Readonly<{ ok: false; errors: readonly ContractError[] }>;

const CHANGED = "The contract was changed meanwhile: look at it again, then repeat the change";
const UNCHANGED = "This changes nothing: the contract is so already";

/**
 * Makes a contract the newest version of a project's prices: new calls are priced by it; stored ones when they are re-priced.
 * It answers for what it makes wrong, not for what a newer book made wrong of the contract before.
 */
export async function saveContract(scope: Scope, change: ContractChange): Promise<ContractResult> {
  const { basedOn, overrides: sent, reason, userId } = change;
  const parsed = contractSchema.safeParse(sent);
  if (!parsed.success) return { ok: false, errors: parsed.error.issues.map((issue) => toError(issue, sent)) };
  const newest = await readNewestPrices(scope);
  if (newest.version !== basedOn) return refusal(CHANGED);
  const former = newest.contract.overrides;
  const known = new Set(checkContract(former, newest.book).map((error) => JSON.stringify(error)));
  const errors = checkContract(parsed.data, newest.book).filter((error) => !known.has(JSON.stringify(error)));
  if (errors.length > 0) return { ok: false, errors };
  const stored = parsed.data.map(storeOverride);
  if (JSON.stringify(stored) === JSON.stringify(former.map(storeOverride))) return refusal(UNCHANGED);
  const contract = stored as unknown as Prisma.InputJsonValue;
  const { projectId } = scope;
  const version = basedOn + 1;
  try {
    await writeDb().priceVersion.create({
      data: { projectId, version, bookVersion: newest.book.version, contract, reason, createdById: userId },
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return refusal(CHANGED);
  }
  await refreshPrices(scope);
  return { ok: true, version };
}

/** Of the contract as a whole. */
export function refusal(message: string): Extract<ContractResult, { ok: false }> {
  return { ok: false, errors: [{ id: "", field: "", message }] };
}

function toError({ path, message }: Readonly<{ path: PropertyKey[]; message: string }>, sent: readonly unknown[]) {
  const [index, ...field] = path;
  const override = sent[Number(index)];
  const id = typeof override === "object" && override !== null && "id" in override ? String(override.id) : "";
  return { id, field: field.join("."), message };
}
