import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { readDb, writeDb } from "@/lib/db";
import { buildBook, PRICE_BOOK, PRICE_FILES, type PriceBook, type PriceFiles } from "@/lib/pricing/book";
import { type Prices, toContract } from "@/lib/pricing/contract";
import { contractSchema, type StoredOverride } from "@/lib/pricing/contract-schema";
import { Prisma } from "@/prisma/client/client";

/** One version of a project's prices as a list of changes shows it. */
export type PriceVersionEntry = Readonly<{
  version: number;
  bookVersion: string;
  overrides: readonly StoredOverride[];
  reason: string;
  /** Name of who made it; null for one that came with a release, or of a person who is gone. */
  by: string | null;
  at: Date;
}>;

type Row = Readonly<{ version: number; bookVersion: string; contract: Prisma.JsonValue }>;

const SELECT = { version: true, bookVersion: true, contract: true } as const;
const MAX_TRIES = 5;

const ENTRY = {
  version: true,
  bookVersion: true,
  contract: true,
  reason: true,
  createdAt: true,
  createdBy: { select: { name: true } },
} as const;
type EntryRow = Prisma.PriceVersionGetPayload<{ select: typeof ENTRY }>;

/** All versions of a project's prices, newest first. */
export async function listPriceVersions(scope: Scope): Promise<readonly PriceVersionEntry[]> {
  const { projectId } = scope;
  const rows = await readDb().priceVersion.findMany({
    where: { projectId },
    orderBy: { version: "desc" },
    select: ENTRY,
  });
  return rows.map(toEntry);
}

/** One version of a project's prices; null for one that it does not have. */
export async function findPriceVersion(scope: Scope, version: number): Promise<PriceVersionEntry | null> {
  const where = { projectId_version: { projectId: scope.projectId, version } };
  const row = await readDb().priceVersion.findUnique({ where, select: ENTRY });
  return row && toEntry(row);
}

function toEntry({ version, bookVersion, contract, reason, createdBy, createdAt }: EntryRow): PriceVersionEntry {
  const overrides = contract as unknown as StoredOverride[];
  return { version, bookVersion, overrides, reason, by: createdBy?.name ?? null, at: createdAt };
}

/**
 * The prices of one version: the book and the contract as they were.
 * @throws RangeError for a version that the project does not have. Version 0, of calls from before versions were kept, is
 *   this release's book without a contract.
 */
export async function readPrices(scope: Scope, version: number): Promise<Prices> {
  if (version === 0) return toPrices({ version, bookVersion: PRICE_BOOK.version, contract: [] });
  const where = { projectId_version: { projectId: scope.projectId, version } };
  const row = await readDb().priceVersion.findUnique({ where, select: SELECT });
  if (!row) throw new RangeError(`prices have no version ${version}`);
  return toPrices(row);
}

/**
 * The newest prices of a project, of this release's book: a version is made for a new project and for a new release.
 * Instances of two releases side by side each keep to their own.
 */
export async function readNewestPrices(scope: Scope, attempt = 1): Promise<Prices> {
  const { projectId } = scope;
  const db = writeDb();
  const newest = await db.priceVersion.findFirst({
    where: { projectId },
    orderBy: { version: "desc" },
    select: SELECT,
  });
  if (newest?.bookVersion === PRICE_BOOK.version) return toPrices(newest);
  const contract = (newest?.contract ?? []) as Prisma.InputJsonValue;
  const own = await db.priceVersion.findFirst({
    where: { projectId, bookVersion: PRICE_BOOK.version, contract: { equals: contract } },
    orderBy: { version: "desc" },
    select: SELECT,
  });
  if (own) return toPrices(own);
  await keepBook();
  const version = (newest?.version ?? 0) + 1;
  const row = { projectId, version, bookVersion: PRICE_BOOK.version, contract };
  try {
    await db.priceVersion.create({ data: { ...row, reason: `Price book ${PRICE_BOOK.version}` } });
    return toPrices({ version, bookVersion: PRICE_BOOK.version, contract: contract as Prisma.JsonValue });
  } catch (error) {
    // Another instance made it meanwhile.
    if (attempt === MAX_TRIES || !isUniqueViolation(error)) throw error;
    return readNewestPrices(scope, attempt + 1);
  }
}

/** Keeps this release's book, so that it can be run again when a later release no longer has it. */
async function keepBook(): Promise<void> {
  const { version, asOf } = PRICE_BOOK;
  const data = { version, asOf: new Date(asOf), files: PRICE_FILES as unknown as Prisma.InputJsonValue };
  await writeDb().priceBookSnapshot.createMany({ data: [data], skipDuplicates: true });
}

export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}

const formerBooks = new Map<string, PriceBook>();

async function bookOf(version: string): Promise<PriceBook> {
  const known = version === PRICE_BOOK.version ? PRICE_BOOK : formerBooks.get(version);
  if (known) return known;
  const { files } = await readDb().priceBookSnapshot.findUniqueOrThrow({ where: { version } });
  const book = { ...buildBook(files as unknown as PriceFiles), version };
  formerBooks.set(version, book);
  return book;
}

async function toPrices({ version, bookVersion, contract }: Row): Promise<Prices> {
  const book = await bookOf(bookVersion);
  return { version, book, contract: toContract(contractSchema.parse(contract), book) };
}
