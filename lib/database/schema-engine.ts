import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";

export type { MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm/schema_engine_bg";

let loaded: Promise<void> | undefined;

async function loadEngine(): Promise<void> {
  const file = createRequire(import.meta.url)
    .resolve("@prisma/schema-engine-wasm/schema_engine_bg")
    .replace(/\.js$/, ".wasm");
  const { instance } = await WebAssembly.instantiate(readFileSync(file), {
    "./schema_engine_bg.js": bindings,
  } as never);
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
}

/** Prisma's own migration engine as WebAssembly: the binary that the CLI downloads is not needed. */
export async function openSchemaEngine(factory: SqlMigrationAwareDriverAdapterFactory): Promise<bindings.SchemaEngine> {
  loaded ??= loadEngine();
  await loaded;
  const schema = readFileSync("prisma/schema.prisma", "utf8");
  const quiet = () => {};
  return bindings.SchemaEngine.new(
    { datamodels: [["schema.prisma", schema]] },
    quiet,
    bindMigrationAwareSqlAdapterFactory(factory),
  );
}
