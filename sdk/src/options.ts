import type { Context } from "./call.js";
import { readContext } from "./context.js";
import { deployFromEnvironment, readEnvironment } from "./environment.js";

const MAX_DEPLOY_LENGTH = 64;

export type SpendtraceOptions = Context & {
  /** Where Spendtrace runs, such as `https://spend.example.com`; else SPENDTRACE_URL. */
  endpoint?: string;
  /** A key with scope `ingest`; else SPENDTRACE_KEY. */
  apiKey?: string;
  /** A folder in which calls wait until the server has them, so that they outlive the process. Node, Bun and Deno. */
  spool?: string;
  /** On SIGTERM, send what waits (5 s at most) before the process ends. */
  handleSigterm?: boolean;
};

export type Settings = {
  /** Without a slash at its end. */
  endpoint: string;
  apiKey: string;
  spool: string | undefined;
  handleSigterm: boolean;
  defaults: Context;
};

/** The options, else the environment. A text says why nothing can be sent. */
export function readOptions(given: unknown): Settings | string {
  const option = (name: keyof SpendtraceOptions): unknown => {
    try {
      return (given as SpendtraceOptions | null | undefined)?.[name];
    } catch {
      return undefined;
    }
  };
  const text = (name: keyof SpendtraceOptions) => {
    const value = option(name);
    return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
  };
  const endpoint = text("endpoint") ?? readEnvironment("SPENDTRACE_URL");
  const apiKey = text("apiKey") ?? readEnvironment("SPENDTRACE_KEY");
  if (endpoint === undefined || apiKey === undefined)
    return "No endpoint or no key (options endpoint and apiKey, or SPENDTRACE_URL and SPENDTRACE_KEY): nothing is recorded.";
  if (!isHttpUrl(endpoint)) return "The endpoint is no http(s) URL: nothing is recorded.";
  if (!/^[\x21-\x7e]+$/.test(apiKey)) return "The key holds characters that no header may: nothing is recorded.";
  const defaults = readContext(given);
  return {
    endpoint: endpoint.replace(/\/+$/, ""),
    apiKey,
    spool: text("spool"),
    handleSigterm: option("handleSigterm") === true,
    defaults: { ...defaults, deploySha: (defaults.deploySha ?? deployFromEnvironment())?.slice(0, MAX_DEPLOY_LENGTH) },
  };
}

function isHttpUrl(text: string): boolean {
  try {
    const { protocol, username, search, hash } = new URL(text);
    return /^https?:$/.test(protocol) && username === "" && search === "" && hash === "";
  } catch {
    return false;
  }
}
