import { nodePlatform } from "./node-platform.js";
import type { SpendtraceOptions } from "./options.js";
import { SpendtraceClient } from "./spendtrace.js";

export type { Call, Context } from "./call.js";
export type { Totals } from "./client.js";
export type { SpendtraceOptions } from "./options.js";

/** Records what LLM calls cost, and for whom; for Node, Deno and Bun. */
export class Spendtrace extends SpendtraceClient {
  constructor(options?: SpendtraceOptions) {
    super(nodePlatform, options);
  }
}
