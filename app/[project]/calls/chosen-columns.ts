import type { FieldError } from "@/lib/period";
import { CALL_COLUMNS, type CallColumn } from "./call-columns";

/** Where a browser keeps the columns that its person chose. */
export const COLUMNS_COOKIE = "spendtrace-call-columns";

const TIME = "time";
const KEYS = CALL_COLUMNS.map(({ key }) => key);
/** What an open call beside the list leaves no room for, unless it was chosen. */
const WIDE_ONLY = ["feature", "model"];

export const DEFAULT_COLUMNS: readonly string[] = CALL_COLUMNS.filter(({ isDefault }) => isDefault).map(
  ({ key }) => key,
);

/** Reads `columns=tenant,cost`; what is not a column is an error of the address. Null without any. */
export function readColumns(params: URLSearchParams, errors: FieldError[]): readonly string[] | null {
  const text = params.get("columns");
  if (!text) return null;
  const asked = text.split(",").filter(Boolean);
  if (asked.some((key) => !KEYS.includes(key)))
    errors.push({ path: "columns", message: `must be some of ${KEYS.join(", ")}, with commas between` });
  return asked;
}

/** The columns to show: those of the address, else those of the cookie as far as they still exist, else the usual. */
export function chooseColumns(
  asked: readonly string[] | null,
  kept: string | undefined,
  isNarrow: boolean,
): readonly CallColumn[] {
  const remembered = kept?.split(/[,.]/).filter((key) => KEYS.includes(key)) ?? [];
  const chosen = asked ?? (remembered.length > 0 ? remembered : null);
  const usual = isNarrow ? DEFAULT_COLUMNS.filter((key) => !WIDE_ONLY.includes(key)) : DEFAULT_COLUMNS;
  const shown = new Set([TIME, ...(chosen ?? usual)]);
  return CALL_COLUMNS.filter(({ key }) => shown.has(key));
}
