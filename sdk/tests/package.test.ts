import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { VERSION } from "../src/version.js";
import { Collector } from "./support/collector.js";

const sdk = path.resolve(import.meta.dirname, "..");
const manifest = JSON.parse(readFileSync(path.join(sdk, "package.json"), "utf8"));
const collector = new Collector();
let folder: string;
let consumer: string;
let installed: string;

function run(command: string, args: string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}\n${stdout}${stderr}`);
  return stdout;
}

/** Builds and packs as publishing would, but elsewhere, and unpacks as installing would. */
beforeAll(async () => {
  await collector.start();
  folder = mkdtempSync(path.join(tmpdir(), "spendtrace-package-"));
  consumer = path.join(folder, "consumer");
  installed = path.join(consumer, "node_modules", "@spendtrace", "sdk");
  const packed = path.join(folder, "packed");
  mkdirSync(installed, { recursive: true });
  mkdirSync(packed);
  for (const file of ["package.json", "README.md"]) cpSync(path.join(sdk, file), path.join(packed, file));
  run(process.execPath, [path.join(sdk, "build.mjs"), path.join(packed, "dist")], sdk);
  run("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], packed);
  const archive = path.join(folder, `spendtrace-sdk-${VERSION}.tgz`);
  run("tar", ["-xzf", archive, "-C", installed, "--strip-components=1"], folder);
}, 120_000);

afterAll(async () => {
  await collector.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a program of the consumer, and gives what it printed. */
async function runProgram(name: string, text: string, ...flags: string[]): Promise<string> {
  writeFileSync(path.join(consumer, name), text);
  const env = { ...process.env, SPENDTRACE_URL: collector.url, SPENDTRACE_KEY: "st_live_of_the_package" };
  const child = spawn(process.execPath, [...flags, name], { cwd: consumer, env });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (data) => {
      output += data;
    });
  await new Promise((resolve) => child.once("close", resolve));
  return output.trim();
}

const use = (name: string) => `
const spendtrace = new Spendtrace({ feature: ${JSON.stringify(name)} });
spendtrace.run({ tenantId: "acme" }, async () => {
  await new Promise((resolve) => setTimeout(resolve, 5));
  for (let i = 0; i < 20; i++) spendtrace.record({ model: "claude-sonnet-5", usage: { input_tokens: i } });
  console.log(JSON.stringify(await spendtrace.shutdown(5000)));
});`;
const IMPORT = 'import { Spendtrace } from "@spendtrace/sdk";';
const REQUIRE = 'const { Spendtrace } = require("@spendtrace/sdk");';

describe("the package", () => {
  test("has the version that its calls name", () => {
    expect(manifest.version).toBe(VERSION);
  });

  test("depends on nothing, and runs nothing when it is installed", () => {
    const { dependencies, peerDependencies, optionalDependencies, scripts } = manifest;
    expect([dependencies, peerDependencies, optionalDependencies]).toEqual([undefined, undefined, undefined]);
    expect(Object.keys(scripts).filter((name) => /install|prepare/.test(name))).toEqual([]);
  });

  test.each([
    ["import", "a.mjs", IMPORT, []],
    ["require", "b.cjs", REQUIRE, []],
    ["import on an edge runtime", "c.mjs", IMPORT, ["--conditions=edge-light"]],
    ["import on workerd", "d.mjs", IMPORT, ["--conditions=workerd"]],
    ["import in a browser's bundle", "e.mjs", IMPORT, ["--conditions=browser"]],
  ])("works by %s", async (way, file, head, flags) => {
    const output = await runProgram(file, head + use(way), ...flags);
    expect(output).toBe('{"sent":20,"pending":0,"dropped":0}');
    const calls = [...collector.stored.values()].filter(({ feature }) => feature === way);
    expect(calls).toHaveLength(20);
    expect(new Set(calls.map(({ tenant_id }) => tenant_id))).toEqual(new Set(["acme"]));
    const isEdge = flags.length > 0;
    const last = [...collector.reports.values()].at(-1);
    expect(last?.runtime).toBe(isEdge ? "edge" : `node ${process.versions.node}`);
    expect(collector.requests.at(-2)?.headers["content-encoding"]).toBe("gzip");
  });

  test("can be imported and required within one process", async () => {
    const both = `${IMPORT} import { createRequire } from "node:module";
      const other = createRequire(import.meta.url)("@spendtrace/sdk");
      console.log(typeof Spendtrace, typeof other.Spendtrace, Object.keys(other).join());`;
    expect(await runProgram("f.mjs", both)).toBe("function function Spendtrace");
  });

  test("for the edge loads no module of Node", () => {
    const seen = new Set<string>();
    const visit = (file: string) => {
      if (seen.has(file)) return;
      seen.add(file);
      const text = readFileSync(file, "utf8");
      for (const [, name = ""] of text.matchAll(/(?:from|import|require\()\s*"([^"]+)"/g)) {
        expect(name, file).toMatch(/^\.\//);
        visit(path.resolve(path.dirname(file), name));
      }
    };
    visit(path.join(installed, "dist", "esm", "edge.js"));
    visit(path.join(installed, "dist", "cjs", "edge.js"));
    expect(seen.size).toBeGreaterThan(20);
  });

  test("types a consumer, in each way of resolving, without the types of Node", () => {
    const program = `
const spendtrace = new Spendtrace({ endpoint: "https://spend.example.com", apiKey: "k", tenantId: "a", spool: "/tmp/s" });
const n: number = spendtrace.run({ tenantId: "acme", feature: "chat" }, () => 1);
const text: Promise<string> = spendtrace.run({ taskId: "t" }, async () => "x");
const f: typeof fetch = spendtrace.fetch();
spendtrace.record({ model: "m", usage: { input_tokens: 1 }, request_id: "r" });
spendtrace.outcome("t", "success", { tenantId: "acme" });
async function end() { const { sent, pending, dropped } = await spendtrace.shutdown(1_000); return sent + pending + dropped + n; }
// @ts-expect-error a call has a model
spendtrace.record({ request_id: "r" });
// @ts-expect-error an outcome is one of two
spendtrace.outcome("t", "maybe");
// @ts-expect-error there is no such option
new Spendtrace({ endPoint: "x" });
export { end, f, text };
`;
    for (const name of ["ok.mts", "ok.cts"]) writeFileSync(path.join(consumer, name), IMPORT + program);
    const options = ["--noEmit", "--strict", "--target", "es2022", "--lib", "es2022,dom"];
    const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
    const check = (...flags: string[]) => run(process.execPath, [tsc, ...options, ...flags], consumer);
    check("--module", "nodenext", "ok.mts", "ok.cts");
    check("--module", "esnext", "--moduleResolution", "bundler", "ok.mts");
  });
});
