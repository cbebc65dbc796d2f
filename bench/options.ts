import { parseArgs } from "node:util";

const PARTS = ["pricing", "import", "reports", "forensics", "ingest", "otlp", "memory"] as const;
const DATABASES = ["postgresql", "embedded"] as const;

export type BenchOptions = Readonly<{
  parts: readonly (typeof PARTS)[number][];
  databases: readonly (typeof DATABASES)[number][];
  /** Calls that the reports are measured over. */
  calls: number;
  /** Calls that the forensic pages are measured over, on a server only. */
  manyCalls: number;
  /** Length of each measure of a rate, over all its rounds; memory is watched four times as long. */
  seconds: number;
}>;

/** `--only pricing,import,reports,forensics,ingest,otlp,memory --on postgresql,embedded --calls 1000000 --many-calls 10000000 --seconds 10`; without any, everything. */
export function readOptions(args: readonly string[]): BenchOptions {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { only: text, on: text, calls: text, "many-calls": text, seconds: text },
  });
  const chosen = <T extends string>(known: readonly T[], asked: string | undefined) =>
    known.filter((one) => asked === undefined || asked.split(",").includes(one));
  return {
    parts: chosen(PARTS, values.only),
    databases: chosen(DATABASES, values.on),
    calls: Number(values.calls ?? 1_000_000),
    manyCalls: Number(values["many-calls"] ?? 10_000_000),
    seconds: Number(values.seconds ?? 15),
  };
}
