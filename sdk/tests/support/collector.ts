import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import type { Call } from "../../src/call.js";

type Report = { client_id: string; sequence: number; dropped: Record<string, number>; [key: string]: unknown };
export type Received = { path: string; headers: IncomingHttpHeaders; body: Record<string, unknown>; bytes: number };
export type Reply = { status: number; headers?: Record<string, string>; body?: unknown };

/** What the server does with a request; undefined: what Spendtrace does. "hang up" closes the connection, "hang" never answers, "lose" stores and then closes. */
export type Behaviour = (request: Received) => Reply | "hang up" | "hang" | "lose" | undefined;

/** A real HTTP server that keeps calls by their identity and reports by theirs, as Spendtrace does. */
export class Collector {
  readonly requests: Received[] = [];
  readonly stored = new Map<string, Call>();
  readonly reports = new Map<string, Report>();
  readonly outcomes: unknown[] = [];
  duplicates = 0;
  connections = 0;
  /** Requests that the client gave up before they were answered. */
  givenUp = 0;
  behave: Behaviour = () => undefined;
  #server: Server | undefined;
  #port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Listens: the first time on a free port, after `stop` on the same one again. */
  async start(): Promise<this> {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("error", () => {});
      response.on("close", () => {
        if (!response.writableFinished) this.givenUp++;
      });
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const raw = Buffer.concat(chunks);
        const text = (request.headers["content-encoding"] === "gzip" ? gunzipSync(raw) : raw).toString();
        const received = {
          path: request.url ?? "",
          headers: request.headers,
          body: JSON.parse(text),
          bytes: text.length,
        };
        this.requests.push(received);
        const reply = this.behave(received);
        if (reply === "hang") return;
        if (reply === "hang up") return void request.socket.destroy();
        const { status, headers, body } =
          reply === undefined || reply === "lose" ? { ...this.#take(received), headers: {} } : reply;
        if (reply === "lose") return void request.socket.destroy();
        response.writeHead(status, { "content-type": "application/json", ...headers });
        response.end(body === undefined ? "" : JSON.stringify(body));
      });
    });
    this.#server.on("connection", () => this.connections++);
    await new Promise<void>((resolve) => this.#server?.listen(this.#port, "127.0.0.1", resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  #take({ path, body }: Received): Reply {
    if (path === "/api/v1/calls") return this.#takeCalls(body.calls as Call[]);
    if (path === "/api/v1/client-reports") return this.#takeReport(body as Report);
    if (path === "/api/v1/outcomes") {
      this.outcomes.push(...(body.outcomes as unknown[]));
      return { status: 200, body: { accepted: (body.outcomes as unknown[]).length, rejected: [] } };
    }
    return { status: 404 };
  }

  #takeCalls(calls: Call[]): Reply {
    let duplicates = 0;
    for (const call of calls) {
      const identity = `${call.occurred_at} ${call.tenant_id} ${call.request_id}`;
      if (this.stored.has(identity)) duplicates++;
      this.stored.set(identity, call);
    }
    this.duplicates += duplicates;
    const accepted = calls.length - duplicates;
    return { status: 200, body: { accepted, duplicates, unpriced: 0, rejected: [], conflicts: [] } };
  }

  #takeReport(report: Report): Reply {
    const identity = `${report.client_id} ${report.sequence}`;
    const accepted = !this.reports.has(identity);
    if (accepted) this.reports.set(identity, report);
    return { status: 200, body: { accepted } };
  }

  /** Drops that were reported, by reason, over all clients. */
  get dropped(): Record<string, number> {
    const sums: Record<string, number> = {};
    for (const { dropped } of this.reports.values())
      for (const [reason, count] of Object.entries(dropped)) sums[reason] = (sums[reason] ?? 0) + count;
    return sums;
  }

  paths(): string[] {
    return this.requests.map(({ path }) => path.replace("/api/v1/", ""));
  }

  /** The calls of each batch that came, in order. */
  batches(): Call[][] {
    return this.requests.filter(({ path }) => path === "/api/v1/calls").map(({ body }) => body.calls as Call[]);
  }

  requestIds(): string[] {
    return [...this.stored.values()].map(({ request_id }) => request_id);
  }
}
