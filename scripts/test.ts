import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

type Counts = { passed: number; failed: number; skipped: number };
type Step = {
  name: string;
  command: string[];
  /** Reads the counts from the JSON report that the command wrote; a step without one is one check. */
  count?: (report: unknown) => Counts;
};

const reports = mkdtempSync(path.join(tmpdir(), "spendtrace-test-reports-"));
const vitest = (project: string) => [
  "vitest",
  "run",
  "--project",
  project,
  "--reporter=default",
  "--reporter=json",
  `--outputFile=${path.join(reports, project)}.json`,
];

function countVitest(report: unknown): Counts {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numFailedTestSuites, success } =
    report as Record<string, number>;
  // A file that does not even load has no failed test.
  const failed = numFailedTests || (success ? 0 : Math.max(1, numFailedTestSuites ?? 1));
  return { passed: numPassedTests ?? 0, failed: failed ?? 0, skipped: (numPendingTests ?? 0) + (numTodoTests ?? 0) };
}

function countPlaywright(report: unknown): Counts {
  const { stats, errors } = report as { stats: Record<string, number>; errors: unknown[] };
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = stats;
  return { passed: expected + flaky, failed: unexpected || (errors.length > 0 ? 1 : 0), skipped };
}

const STEPS: Step[] = [
  { name: "format and lint", command: ["biome", "check", "."] },
  { name: "route types", command: ["next", "typegen"] },
  { name: "types", command: ["tsc", "--noEmit"] },
  { name: "unit", command: vitest("unit"), count: countVitest },
  { name: "sdk", command: vitest("sdk"), count: countVitest },
  { name: "integration", command: vitest("integration"), count: countVitest },
  { name: "e2e", command: ["playwright", "test", "--reporter=list,json"], count: countPlaywright },
];

/** Runs one step to its end, its output shown as it comes, and counts what it tells in its report. */
async function run({ name, command, count }: Step): Promise<Counts> {
  console.log(`\n── ${name} ──`);
  const report = path.join(reports, `${name}.json`);
  const bin = path.join("node_modules", ".bin", command[0] ?? "");
  const child = spawn(bin, command.slice(1), {
    stdio: "inherit",
    shell: process.platform === "win32",
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  });
  const succeeded = await new Promise<boolean>((resolve) => child.once("close", (code) => resolve(code === 0)));
  const single: Counts = { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, skipped: 0 };
  if (!count) return single;
  try {
    const counts = count(JSON.parse(readFileSync(report, "utf8")));
    return succeeded || counts.failed > 0 ? counts : { ...counts, failed: 1 };
  } catch {
    return { ...single, passed: 0, failed: 1 };
  }
}

/** `npm test`: every check there is, or the steps named as arguments, then one summary. Exits with 1 when anything failed. */
async function main(wanted: string[]): Promise<void> {
  const steps = wanted.length > 0 ? STEPS.filter(({ name }) => wanted.includes(name)) : STEPS;
  const results: (Counts & { name: string; seconds: number })[] = [];
  for (const step of steps) {
    const startedAt = Date.now();
    const counts = await run(step);
    results.push({ name: step.name, ...counts, seconds: (Date.now() - startedAt) / 1000 });
  }
  rmSync(reports, { recursive: true, force: true });

  console.log("\n── summary ──");
  for (const { name, passed, failed, skipped, seconds } of results) {
    const rest = skipped > 0 ? `, ${skipped} skipped` : "";
    console.log(
      `${failed > 0 ? "✗" : "✓"} ${name.padEnd(16)} ${passed} passed, ${failed} failed${rest} (${seconds.toFixed(1)} s)`,
    );
  }
  const sum = (key: "passed" | "failed") => results.reduce((total, result) => total + result[key], 0);
  console.log(`\n${sum("passed")} passed, ${sum("failed")} failed`);
  process.exit(sum("failed") > 0 ? 1 : 0);
}

await main(process.argv.slice(2));
