import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { createApiKey } from "@/lib/auth/api-keys";
import { closeDb } from "@/lib/db";
import { sampleCalls } from "@/prisma/seed/sample-calls";
import { ensureSampleProject } from "@/prisma/seed/sample-project";
import { sendSample } from "@/prisma/seed/send-sample";
import { copyToClassic } from "./classic";
import { measureForensics } from "./forensic-speed";
import { measureIngest } from "./ingest-speed";
import { loadManyCalls } from "./many-calls";
import { measureMemory } from "./memory";
import { type BenchOptions, readOptions } from "./options";
import { measureOtlp } from "./otlp-speed";
import { measurePages } from "./page-speed";
import { printTable } from "./print";
import { measureReports } from "./report-speed";
import { type BenchServer, startEmptyApp, startProduct } from "./server";

const DAYS = 30;
const LOAD_OPTIONS = "-c timezone=UTC -c synchronous_commit=off -c maintenance_work_mem=1GB -c work_mem=256MB";

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
  if (options.parts.includes("forensics") && name === "PostgreSQL") {
    const now = new Date();
    const title = `${options.manyCalls.toLocaleString("en-US")} calls of ${DAYS} days`;
    await withClient(databaseUrl, async (client) => {
      await loadManyCalls(client, scope, now, DAYS, options.manyCalls);
      await copyToClassic(client, projectId);
    });
    show(`forensics over ${title}`, await measureForensics(databaseUrl, scope, now));
    await withProduct(databaseUrl, async (product) => {
      show(`pages over ${title}`, await measurePages(product, scope));
    });
  }
  if (options.parts.some((part) => part === "ingest" || part === "otlp" || part === "memory")) {
    const key = await createApiKey(projectId, { name: "Bench", environment: "production", scopes: ["ingest"] }, null);
    const emptyApp = await startEmptyApp();
    await withProduct(databaseUrl, async (product) => {
      const { seconds } = options;
      if (options.parts.includes("ingest")) {
        show("ingest", await measureIngest({ databaseUrl, projectId, key, product, emptyApp, seconds }));
      }
      if (options.parts.includes("otlp")) show("OTLP", await measureOtlp(product, key, seconds));
      if (options.parts.includes("memory")) show("memory", await measureMemory(product, key, seconds * 4));
    }).finally(emptyApp.stop);
  }
  await closeDb();
  return measures.every((measure) => measure.met);
}

/** The product on this database, with a directory of its own. */
async function withProduct(databaseUrl: string, use: (product: BenchServer) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "spendtrace-bench-"));
  const product = await startProduct(databaseUrl, dataDir);
  try {
    await use(product);
  } finally {
    await product.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function withClient(databaseUrl: string, use: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, options: LOAD_OPTIONS });
  await client.connect();
  await use(client).finally(() => client.end());
}

const [name = "", ...args] = process.argv.slice(2);
process.exitCode = (await benchDatabase(name, process.env.DATABASE_URL ?? "", readOptions(args))) ? 0 : 1;
