import { toTableText } from "@/lib/estimates/present-tally";
import { Tally } from "@/lib/estimates/tally";
import { formatCount } from "@/lib/format";
import { readCalls } from "@/lib/imports/read-calls";
import { type ReadCall, type ReadOptions, START, UnreadableFile } from "@/lib/imports/schema";
import { checkCall } from "@/lib/ingest/check-call";
import { LIST_PRICES } from "@/lib/pricing/contract";
import { complain } from "./estimate";
import type { ImportJob } from "./import-sources";
import { describeFormat } from "./import-summary";

type PlannedJob = Readonly<{ job: ImportJob; options: ReadOptions }>;

/** Prices the calls of files by the list, without a server, and prints what they come to by model and by feature. */
export async function dryRun(planned: readonly PlannedJob[]): Promise<0 | 1 | 2> {
  const byModel = new Tally("model");
  const byFeature = new Tally("feature");
  // How far back a call may lie is the server's to say.
  const context = { prices: LIST_PRICES, earliest: new Date(0), now: new Date() };
  const price = ({ file, line, call }: ReadCall) => {
    const checked = checkCall(call, context);
    if (!checked.ok) return byModel.addBadLine({ file, line, errors: checked.errors });
    const entry = { tenant: checked.call.tenant_id, feature: checked.call.feature, lines: checked.lines };
    byModel.add(entry);
    byFeature.add(entry);
  };
  const skipped: Record<string, number> = {};
  let isCut = false;
  for (const { job, options } of planned) {
    const { name, sources, detected } = job;
    process.stderr.write(`${name}: ${describeFormat(detected, options)}\n`);
    try {
      const groups = readCalls({ sources, detected, options, from: START, onRead: () => undefined, now: context.now });
      for await (const group of groups) {
        group.calls.forEach(price);
        for (const bad of group.refused) byModel.addBadLine(bad);
        for (const [reason, count] of Object.entries(group.skipped)) skipped[reason] = (skipped[reason] ?? 0) + count;
      }
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      process.stderr.write(`${error.message}\n`);
      isCut = true;
    }
  }
  process.stdout.write(`${toTableText(byModel, false)}\n${toTableText(byFeature, false)}`);
  for (const [reason, count] of Object.entries(skipped)) {
    process.stderr.write(`${formatCount(count)} skipped: ${reason}\n`);
  }
  complain(byModel, null);
  if (isCut) return 2;
  return byModel.badLineCount > 0 ? 1 : 0;
}
