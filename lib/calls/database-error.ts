/**
 * The SQLSTATE of an error of a raw query, or null where the database gave none (it could not be reached, or did not
 * answer). Prisma wraps the driver's error, and how deep depends on the kind.
 */
export function sqlState(error: unknown): string | null {
  for (let at: unknown = error, depth = 0; typeof at === "object" && at !== null && depth < 8; depth++) {
    const { code, originalCode, kind, meta, driverAdapterError, cause } = at as Record<string, unknown>;
    if (kind === "TransactionWriteConflict") return "40001";
    for (const state of [originalCode, code]) {
      // Prisma's own codes ("P2010") have the shape of a SQLSTATE, too; of those PostgreSQL has only P0….
      if (typeof state === "string" && /^(?!P[1-9])[0-9A-Z]{5}$/.test(state)) return state;
    }
    at = meta ?? driverAdapterError ?? cause;
  }
  return null;
}

/** The transaction lost against another one and may be tried again as it is. */
export function isSerializationFailure(error: unknown): boolean {
  const state = sqlState(error);
  return state === "40P01" || state === "40001";
}

/** A value of some row cannot be stored: data exceptions, violated constraints, a key too long for its index. */
export function isDataError(error: unknown): boolean {
  return /^(22|23|54)/.test(sqlState(error) ?? "");
}

/** A faulty statement or schema, or a value that cannot be stored; every other error of the database means "not now". */
export function isOurFault(error: unknown): boolean {
  return /^(42|0A|22|23|54)/.test(sqlState(error) ?? "");
}
