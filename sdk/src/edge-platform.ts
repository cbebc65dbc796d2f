import type { ContextStorage, Platform } from "./platform.js";

type Global = {
  AsyncLocalStorage?: new <T>() => ContextStorage<T>;
  EdgeRuntime?: string;
  navigator?: { userAgent?: string };
  process?: { getBuiltinModule?: (name: string) => { AsyncLocalStorage?: Global["AsyncLocalStorage"] } | undefined };
};

const scope = globalThis as unknown as Global;

function findAsyncLocalStorage(): Global["AsyncLocalStorage"] {
  try {
    return scope.AsyncLocalStorage ?? scope.process?.getBuiltinModule?.("node:async_hooks")?.AsyncLocalStorage;
  } catch {
    return undefined;
  }
}

function runtimeName(): string {
  if (scope.EdgeRuntime !== undefined) return scope.EdgeRuntime;
  return scope.navigator?.userAgent === "Cloudflare-Workers" ? "workerd" : "edge";
}

/** Web standards only. AsyncLocalStorage is a global on some edge runtimes, and a module of Node's on others. */
export const edgePlatform: Platform = {
  runtime: runtimeName(),
  contextStorage<T>() {
    const AsyncLocalStorage = findAsyncLocalStorage();
    return AsyncLocalStorage && new AsyncLocalStorage<T>();
  },
  randomUuid: () => globalThis.crypto.randomUUID(),
  async sha256(text) {
    const digest = await globalThis.crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  },
  async gzip(text) {
    if (typeof CompressionStream === "undefined") return undefined;
    const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
    return new Uint8Array(await new Response(packed).arrayBuffer());
  },
};
