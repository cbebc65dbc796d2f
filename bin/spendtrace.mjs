#!/usr/bin/env node
import { fileURLToPath } from "node:url";
import { register } from "tsx/esm/api";

// Named from here, not looked for where the command is run: "@/" means this checkout.
register({ tsconfig: fileURLToPath(new URL("../tsconfig.json", import.meta.url)) });
const { runCommand } = await import("../scripts/spendtrace.ts");
await runCommand(process.argv.slice(2));
