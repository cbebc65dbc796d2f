import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** Compiles src twice, as ES modules and as CommonJS, each with its types: `node build.mjs [folder]`. */
const sdk = import.meta.dirname;
const dist = path.resolve(process.argv[2] ?? path.join(sdk, "dist"));
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
rmSync(dist, { recursive: true, force: true });
for (const [config, folder] of [
  ["tsconfig.json", "esm"],
  ["tsconfig.cjs.json", "cjs"],
]) {
  const target = ["-p", path.join(sdk, config), "--outDir", path.join(dist, folder)];
  const { status } = spawnSync(process.execPath, [tsc, ...target], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
writeFileSync(path.join(dist, "cjs", "package.json"), '{ "type": "commonjs" }\n');
