import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { readDb } from "@/lib/db";

/**
 * Whether costs of a period (from inclusive, to exclusive) may differ from the list price: some version of the project's
 * prices has own rates, a discount or a premium that holds on one of its days. Looks at the versions alone, never at calls.
 */
export async function hasContractIn(
  { projectId }: Scope,
  { from, to }: Readonly<{ from: Date; to: Date }>,
): Promise<boolean> {
  const firstDay = from.toJSON().slice(0, 10);
  const lastDay = new Date(to.getTime() - 1).toJSON().slice(0, 10);
  const [row] = await readDb().$queryRaw<{ found: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM price_version AS version CROSS JOIN jsonb_array_elements(version.contract) AS term
      WHERE version.project_id = ${projectId} AND term->>'kind' <> 'alias' AND term->>'from' <= ${lastDay}
        AND (term->>'to' IS NULL OR term->>'to' > ${firstDay})) AS found`;
  return row?.found ?? false;
}
