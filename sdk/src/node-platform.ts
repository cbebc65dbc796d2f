import { AsyncLocalStorage, AsyncResource } from "node:async_hooks";
import { createHash, randomUUID } from "node:crypto";
import process from "node:process";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Platform } from "./platform.js";
import { processEnd } from "./process-end.js";
import { openSpool } from "./spool.js";

const { bun, deno } = process.versions;
const packGzip = promisify(gzip);
/** Made as the module loads, when there is no request yet. */
const outside = new AsyncResource("spendtrace");

/** Node, and what has Node's modules: Deno and Bun. */
export const nodePlatform: Platform = {
  runtime: bun ? `bun ${bun}` : deno ? `deno ${deno}` : `node ${process.versions.node}`,
  contextStorage: () => new AsyncLocalStorage(),
  outsideRequests: (fn) => outside.runInAsyncScope(fn),
  randomUuid: randomUUID,
  sha256: (text) => createHash("sha256").update(text).digest("hex"),
  gzip: (text) => packGzip(text),
  openSpool,
  processEnd,
};
