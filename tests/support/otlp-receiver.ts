import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { POST as postLogs } from "@/app/api/otlp/v1/logs/route";
import { POST as postTraces } from "@/app/api/otlp/v1/traces/route";
import { type CallsApi, createCallsApi } from "@/tests/support/api";

type Exchange = { path: string; headers: IncomingMessage["headers"]; status: number; body: Buffer };

export type OtlpReceiver = CallsApi & {
  /** What OTEL_EXPORTER_OTLP_ENDPOINT is set to. */
  url: string;
  /** Every request that exporters made, with the answer. */
  exchanges: Exchange[];
  close: () => Promise<void>;
};

/** A project of its own whose OTLP routes listen on a port, for exporters that speak HTTP themselves. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const api = await createCallsApi();
  const exchanges: Exchange[] = [];
  const { url, close } = await listen(async (incoming, outgoing) => {
    const route = incoming.url?.endsWith("/v1/logs") ? postLogs : postTraces;
    const request = new Request(`http://localhost${incoming.url}`, {
      method: "POST",
      headers: incoming.headers as Record<string, string>,
      body: Readable.toWeb(incoming) as ReadableStream,
      duplex: "half",
    } as RequestInit);
    const response = await route(request);
    const body = Buffer.from(await response.arrayBuffer());
    exchanges.push({ path: incoming.url ?? "", headers: incoming.headers, status: response.status, body });
    outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(body);
  });
  return { ...api, url: `${url}/api/otlp`, exchanges, close };
}

/** A server on a free port of this machine. */
export async function listen(handle: RequestListener): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
