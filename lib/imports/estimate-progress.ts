import type { ImportSums } from "@/lib/imports/import-tally";

export type Progress = Readonly<{
  /** From 0 to 1, of the bytes of the file. */
  share: number;
  /** Records that are settled. */
  settled: number;
  /** Of these, a second. */
  rate: number;
  /** Null while nothing tells. */
  msLeft: number | null;
}>;

type Extent = Readonly<{
  totalBytes: number;
  /** Where this run began. */
  startBytes: number;
}>;

/**
 * How far an import is and how long it will go on. What is read runs ahead of what is settled: of the bytes that were read the same share
 * counts as of the records.
 */
export function estimateProgress(
  { totalBytes, startBytes }: Extent,
  bytes: number,
  sums: ImportSums,
  elapsedMs: number,
): Progress {
  const skipped = Object.values(sums.skipped).reduce((sum, count) => sum + count, 0);
  const settled = sums.accepted + sums.duplicates + sums.conflicts + sums.refused + skipped;
  const done = sums.read === 0 ? 0 : ((bytes - startBytes) * settled) / sums.read;
  const left = totalBytes - startBytes - done;
  return {
    share: totalBytes === 0 ? 1 : Math.min((startBytes + done) / totalBytes, 1),
    settled,
    rate: elapsedMs > 0 ? Math.round((settled * 1000) / elapsedMs) : 0,
    msLeft: done > 0 && elapsedMs > 0 ? Math.max(0, (elapsedMs * left) / done) : null,
  };
}
