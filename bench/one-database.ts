import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createApiKey } from "@/lib/auth/api-keys";
import { closeDb } from "@/lib/db";
import { sampleCalls } from "@/prisma/seed/sample-calls";
import { ensureSampleProject } from "@/prisma/seed/sample-project";
import { sendSample } from "@/prisma/seed/send-sample";
import { measureIngest } from "./ingest-speed";
import { measureMemory } from "./memory";
import { type BenchOptions, readOptions } from "./options";
import { measureOtlp } from "./otlp-speed";
import { printTable } from "./print";
import { measureReports } from "./report-speed";
import { startEmptyApp, startProduct } from "./server";

const DAYS = 30;

/** All measures on the migrated, empty database of DATABASE_URL; a process of its own, as the pools know one database. */
async function benchDatabase(name: string, databaseUrl: string, options: BenchOptions): Promise<boolean> {
  const scope = await ensureSampleProject();
  const { projectId } = scope;
  const measures: { met: boolean }[] = [];
  const show = (title: string, rows: Parameters<typeof printTable>[1]) => {
    printTable(`${name}: ${title}`, rows);
    measures.push(...rows);
  };

  if (options.parts.includes("reports")) {
    const now = new Date();
    const start = performance.now();
    const stored = await sendSample(scope, now, { calls: sampleCalls(now, { days: DAYS, calls: options.calls }) });
    const seconds = (performance.now() - start) / 1000;
    console.log(`\n${name}: loaded ${stored.toLocaleString("en-US")} calls of ${DAYS} days in ${seconds.toFixed(0)} s`);
    show(
      `reports over ${DAYS} days of ${options.calls.toLocaleString("en-US")} calls`,
      await measureReports(databaseUrl, projectId, now),
    );
  }
  if (options.parts.some((part) => part === "ingest" || part === "otlp" || part === "memory")) {
    const key = await createApiKey(projectId, { name: "Bench", environment: "production", scopes: ["ingest"] }, null);
    const dataDir = await mkdtemp(path.join(tmpdir(), "spendtrace-bench-"));
    const [product, emptyApp] = [await startProduct(databaseUrl, dataDir), await startEmptyApp()];
    try {
      const { seconds } = options;
      if (options.parts.includes("ingest")) {
        show("ingest", await measureIngest({ databaseUrl, projectId, key, product, emptyApp, seconds }));
      }
      if (options.parts.includes("otlp")) show("OTLP", await measureOtlp(product, key, seconds));
      if (options.parts.includes("memory")) show("memory", await measureMemory(product, key, seconds * 4));
    } finally {
      await Promise.all([product.stop(), emptyApp.stop()]);
      await rm(dataDir, { recursive: true, force: true });
    }
  }
  await closeDb();
  return measures.every((measure) => measure.met);
}

const [name = "", ...args] = process.argv.slice(2);
process.exitCode = (await benchDatabase(name, process.env.DATABASE_URL ?? "", readOptions(args))) ? 0 : 1;
