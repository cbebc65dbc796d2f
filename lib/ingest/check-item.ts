import type { z } from "zod";
import { UnreadableCall } from "@/lib/ingest/read-batch";
import type { FieldError } from "@/lib/ingest/schema";

/** One item of a batch by its schema: what it says, or every rule that it breaks. */
export function checkItem<Item>(
  schema: z.ZodType<Item>,
  sent: unknown,
): { ok: true; item: Item } | { ok: false; errors: readonly FieldError[] } {
  if (sent instanceof UnreadableCall) return { ok: false, errors: sent.errors };
  const parsed = schema.safeParse(sent);
  if (parsed.success) return { ok: true, item: parsed.data };
  return {
    ok: false,
    errors: parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message })),
  };
}
