import { edgePlatform } from "./edge-platform.js";
import type { SpendtraceOptions } from "./options.js";
import { SpendtraceClient } from "./spendtrace.js";

export type { Call, Context } from "./call.js";
export type { Totals } from "./client.js";
export type { SpendtraceOptions } from "./options.js";

/** Records what LLM calls cost, and for whom; for edge runtimes and browsers. */
export class Spendtrace extends SpendtraceClient {
  constructor(options?: SpendtraceOptions) {
    super(edgePlatform, options);
  }
}
