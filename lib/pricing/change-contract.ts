import "server-only";
import { randomInt } from "node:crypto";
import type { Scope } from "@/lib/auth/scope";
import type { PriceBook } from "@/lib/pricing/book";
import type { ContractError } from "@/lib/pricing/contract-rules";
import { overrideSchema, type StoredOverride, storeOverride } from "@/lib/pricing/contract-schema";
import { describeOverride } from "@/lib/pricing/contract-words";
import { findSpelling } from "@/lib/pricing/match";
import { type ContractResult, refusal, saveContract } from "@/lib/pricing/save-contract";
import { listPriceVersions, readNewestPrices } from "@/lib/pricing/versions";

/** One change of a contract, as a person makes it. */
export type ContractStep =
  /** Adds an override, or with an id changes that one; unchecked, in the form of `overrideSchema` without its id. */
  | Readonly<{ do: "put"; id: string | null; override: Readonly<Record<string, unknown>> }>
  /** From that UTC day on it no longer holds; null: it has no end. */
  | Readonly<{ do: "end"; id: string; to: string | null }>
  | Readonly<{ do: "remove"; id: string }>
  /** Takes up the contract of an earlier version again. */
  | Readonly<{ do: "restore"; version: number }>;

type Planned = Readonly<{ overrides: readonly StoredOverride[]; reason: string; id: string }>;
type Refused = Extract<ContractResult, { ok: false }>;

const ID_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
const ID_LENGTH = 8;
const GONE = "This override is not in the contract any more: look at it again";

/**
 * Makes one change to the newest contract, which must still be version `basedOn`, and saves it as the next version.
 * Errors of the override itself name its field; what the change would do to others stands under the field "".
 */
export async function changeContract(
  scope: Scope,
  { basedOn, userId, step }: Readonly<{ basedOn: number; userId: string; step: ContractStep }>,
): Promise<ContractResult> {
  const { contract, book } = await readNewestPrices(scope);
  const current = contract.overrides.map(storeOverride);
  const planned = step.do === "restore" ? await planRestore(scope, step.version) : planStep(step, current, book);
  if ("ok" in planned) return planned;
  const { overrides, reason, id } = planned;
  const saved = await saveContract(scope, { basedOn, userId, overrides, reason });
  return saved.ok ? saved : { ok: false, errors: explain(saved.errors, id, overrides) };
}

async function planRestore(scope: Scope, version: number): Promise<Planned | Refused> {
  const former = (await listPriceVersions(scope)).find((entry) => entry.version === version);
  if (!former) return refusal(`There is no version ${version} of these prices`);
  return { overrides: former.overrides, reason: `Restored the contract of version ${version}`, id: "" };
}

function planStep(
  step: Exclude<ContractStep, { do: "restore" }>,
  current: readonly StoredOverride[],
  book: PriceBook,
): Planned | Refused {
  const { id } = step;
  const found = current.find((override) => override.id === id);
  if (id !== null && !found) return refusal(GONE);
  if (step.do === "put") {
    const newId = id ?? makeId();
    const parsed = overrideSchema.safeParse({ ...step.override, id: newId });
    if (!parsed.success) {
      const errors = parsed.error.issues.map(({ path, message }) => ({ id: newId, field: path.join("."), message }));
      return { ok: false, errors };
    }
    const override = canonicalize(storeOverride(parsed.data), book);
    const overrides = found ? current.map((one) => (one === found ? override : one)) : [...current, override];
    return { overrides, reason: `${found ? "Changed" : "Added"} ${describeOverride(override)}`, id: newId };
  }
  if (!found) return refusal(GONE);
  if (step.do === "remove") {
    const overrides = current.filter((override) => override !== found);
    return { overrides, reason: `Removed ${describeOverride(found)}`, id: found.id };
  }
  const overrides = current.map((override) => (override === found ? { ...found, to: step.to } : override));
  const end = step.to === null ? "No last day for" : "A last day for";
  return { overrides, reason: `${end} ${describeOverride(found)}`, id: found.id };
}

/** A spelling of a model that the book knows is that model, on the platform that is spelled so. */
function canonicalize(override: StoredOverride, book: PriceBook): StoredOverride {
  if (override.kind === "alias" || override.model === null) return override;
  const spelling = findSpelling(book, override.model);
  if (!spelling) return override;
  return { ...override, model: spelling.model.id, platform: override.platform ?? spelling.platform };
}

/** Of the changed override by field; of others, which the change would break, in one sentence each. */
function explain(
  errors: readonly ContractError[],
  id: string,
  overrides: readonly StoredOverride[],
): readonly ContractError[] {
  const own = errors.filter((error) => error.id === id);
  if (own.length > 0) return own;
  return errors.map((error) => {
    const other = overrides.find((override) => override.id === error.id);
    return other ? { id: "", field: "", message: `${describeOverride(other)}: ${error.message}` } : error;
  });
}

function makeId(): string {
  return Array.from({ length: ID_LENGTH }, () => ID_CHARACTERS[randomInt(ID_CHARACTERS.length)]).join("");
}
