import { Readable } from "node:stream";
import { GET as getCalls, POST as postCalls } from "@/app/api/v1/calls/route";
import { POST as postClientReport } from "@/app/api/v1/client-reports/route";
import { POST as postOutcomes } from "@/app/api/v1/outcomes/route";
import { GET as getReport } from "@/app/api/v1/reports/[report]/route";
import { type CallsApi, createCallsApi } from "@/tests/support/api";
import { listen } from "@/tests/support/otlp-receiver";

type Handler = (request: Request) => Promise<Response>;

export type ApiServer = CallsApi & {
  /** What SPENDTRACE_URL is set to. */
  url: string;
  /** GET /api/v1/reports/{path}, over HTTP, with the project's key. */
  report: (path: string) => Promise<{ rows: Record<string, unknown>[]; totals: Record<string, unknown> }>;
  close: () => Promise<void>;
};

const ROUTES: readonly (readonly [RegExp, Handler])[] = [
  [/^POST \/api\/v1\/calls$/, postCalls],
  [/^GET \/api\/v1\/calls$/, getCalls],
  [/^POST \/api\/v1\/client-reports$/, postClientReport],
  [/^POST \/api\/v1\/outcomes$/, postOutcomes],
  [/^GET \/api\/v1\/reports\/[^/]+$/, readReport],
];

/** A project of its own whose routes listen on a port, for clients that speak HTTP themselves. */
export async function startApiServer(): Promise<ApiServer> {
  const api = await createCallsApi();
  const { url, close } = await listen(async (incoming, outgoing) => {
    const { pathname } = new URL(incoming.url ?? "", "http://localhost");
    const [, handle] = ROUTES.find(([route]) => route.test(`${incoming.method} ${pathname}`)) ?? [];
    const request = new Request(`http://localhost${incoming.url}`, {
      method: incoming.method,
      headers: incoming.headers as Record<string, string>,
      ...(incoming.method === "POST" && { body: Readable.toWeb(incoming), duplex: "half" }),
    } as RequestInit);
    const response = handle ? await handle(request) : new Response(null, { status: 404 });
    const body = Buffer.from(await response.arrayBuffer());
    outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(body);
  });
  const report = async (path: string) => {
    const response = await fetch(`${url}/api/v1/reports/${path}`, { headers: { authorization: `Bearer ${api.key}` } });
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    return response.json();
  };
  return { ...api, url, report, close };
}

function readReport(request: Request): Promise<Response> {
  const report = new URL(request.url).pathname.split("/").at(-1) ?? "";
  return getReport(request, { params: Promise.resolve({ report }) });
}
