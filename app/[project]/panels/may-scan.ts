import { cache } from "react";
import { requireProject } from "@/lib/auth/require-user";
import { ScanTimeout } from "@/lib/calls/scan";
import { runReport } from "@/lib/reports/registry";
import type { View } from "../view";
import { sumOf } from "./stack";

/** How many calls a panel reads unasked: seconds' worth where the page is about that, an instant's beside other panels. */
const UNASKED = { main: 3_000_000n, aside: 500_000n } as const;
export type Reads = keyof typeof UNASKED;

/** So many calls are read only when somebody asks for it. */
export class UnaskedScan extends ScanTimeout {
  constructor(readonly calls: bigint) {
    super();
    this.name = "UnaskedScan";
  }
}

/** How many calls the page's period and filters let through: from the rollups, once a request. */
const countCalls = cache(async (view: View): Promise<bigint> => {
  const { scope } = await requireProject(view.project);
  const query = { ...view.query, compare: null, bucket: null, sort: null, measures: ["calls"] };
  return sumOf((await runReport(scope, "usage-summary", query)).totals, "calls");
});

/**
 * To be awaited before what reads every call of the page's period and filters, one by one. `read=calls` in the address asks for it.
 * @throws UnaskedScan where there are very many of them and nobody did.
 */
export async function mayScan(view: View, reads: Reads): Promise<void> {
  if (view.params.get("read") === "calls") return;
  const calls = await countCalls(view);
  if (calls > UNASKED[reads]) throw new UnaskedScan(calls);
}
