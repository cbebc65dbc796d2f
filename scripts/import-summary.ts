import { formatCount } from "@/lib/format";
import type { ImportSums } from "@/lib/imports/import-tally";
import { hasZonelessTimes } from "@/lib/imports/read-row";
import type { Detected, Format, ReadOptions } from "@/lib/imports/schema";

const NAMES: Readonly<Record<Format, string>> = {
  calls: "calls",
  "message-batch": "results of a Message Batch",
  litellm: "LiteLLM SpendLogs",
  "claude-code": "transcripts",
};

/** What a file was taken for, and its times where they do not say their zone. */
export function describeFormat(detected: Detected, options: ReadOptions): string {
  const { format, container } = detected;
  const kind = `${NAMES[format]}, ${container === "csv" ? "CSV" : container === "json" ? "JSON" : "JSON lines"}`;
  return hasZonelessTimes(detected, options) ? `${kind}; times without a zone are taken as ${options.zone}` : kind;
}

const DETAIL = 10;

/**
 * What became of a file, one figure a line, with the most frequent reasons.
 * @param before records that were refused or in conflict where an earlier run had broken off
 */
export function describeSums(sums: ImportSums, before: number, refusedPath: string | null): string {
  const row = (name: string, count: number, note = "") =>
    `  ${name.padEnd(11)} ${formatCount(count).padStart(11)}${note && `   ${note}`}\n`;
  const reasons = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .sort(([, a], [, b]) => b - a)
      .slice(0, DETAIL)
      .map(([reason, count]) => `${" ".repeat(27)}${formatCount(count)} × ${reason}\n`)
      .join("");
  const skipped = Object.values(sums.skipped).reduce((sum, count) => sum + count, 0);
  return [
    row("read", sums.read),
    row("accepted", sums.accepted),
    row("duplicates", sums.duplicates, sums.duplicates > 0 ? "known already: nothing changed" : ""),
    sums.conflicts > 0 ? row("conflicts", sums.conflicts, "stored with other content: the first one stays") : "",
    skipped > 0 ? row("skipped", skipped) + reasons(sums.skipped) : "",
    sums.refused > 0 ? row("refused", sums.refused) + reasons(sums.reasons) : "",
    before > 0 ? row("earlier", before, "refused or in conflict before it was broken off") : "",
    sums.unpriced > 0 ? row("unpriced", sums.unpriced, "stored; see Unpriced in the settings") : "",
    refusedPath === null ? "" : `  Refused lines and conflicts, with reasons: ${refusedPath}\n`,
  ].join("");
}
