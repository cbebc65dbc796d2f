import { createServer, type Server } from "node:http";
import { setFlagsFromString } from "node:v8";
import next from "next";
import { startDraining } from "@/lib/draining";
import { openCallsDoor } from "./calls-door";

// Checked every half second: cut after 15 s and 30 s at the latest.
const HEADERS_TIMEOUT_MS = 14_500;
const REQUEST_TIMEOUT_MS = 29_500;
// Longer than the idle time of the usual load balancers, so that they close first and no request meets a closed connection.
const KEEP_ALIVE_MS = 75_000;
const NOTICE_MS = 2_000;
const DEADLINE_MS = 25_000;

/** Serves the production build in this process. Resolves when it accepts connections. */
export async function serve(host: string, port: number): Promise<Server> {
  // The order of a shutdown is ours: Next by itself would wait for a slow client for as long as that likes.
  process.env.NEXT_MANUAL_SIG_HANDLE = "1";
  // V8 lets garbage pile up to several times what is in use. Collecting sooner halves the memory under sustained ingest.
  setFlagsFromString("--heap-growing-percent=20");
  setFlagsFromString("--max-semi-space-size=8");
  const app = next({ dev: false, hostname: host, port });
  await app.prepare();
  const handle = app.getRequestHandler();
  const takeCalls = await openCallsDoor();
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: 500,
    },
    (request, response) => {
      // Who really connected comes last, whatever the client claims before it: the limiter of sign-ins counts by it.
      const hops = [request.headers["x-forwarded-for"], request.socket.remoteAddress];
      request.headers["x-forwarded-for"] = hops.flat().filter(Boolean).join(", ");
      if (!takeCalls(request, response)) void handle(request, response);
    },
  );
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve(server));
  });
}

/**
 * Ends the process in order when it is told to: the health check turns first, so that a load balancer looks elsewhere; what is in
 * flight is finished, for 25 s at most; then `close` runs and the process exits with 0. A second signal ends it at once.
 */
export function endGracefully(server: Server, close: () => Promise<void>): void {
  let ending = false;
  async function end(signal: NodeJS.Signals) {
    if (ending) process.exit(1);
    ending = true;
    startDraining();
    const deadline = setTimeout(() => server.closeAllConnections(), DEADLINE_MS);
    // Somebody at a terminal is not a load balancer.
    if (signal === "SIGTERM") await new Promise((resolve) => setTimeout(resolve, NOTICE_MS));
    const closed = new Promise((resolve) => server.close(resolve));
    const idle = setInterval(() => server.closeIdleConnections(), 250);
    await closed;
    clearInterval(idle);
    clearTimeout(deadline);
    await close();
    process.exit(0);
  }
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  // The shell between npm and this process keeps a signal to itself and dies: its end is the signal then.
  const parent = process.ppid;
  const watch = () => process.ppid !== parent && !ending && void end("SIGTERM");
  if (process.env.npm_lifecycle_event) setInterval(watch, 500).unref();
}
