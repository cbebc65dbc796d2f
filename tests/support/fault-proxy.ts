import { createConnection, createServer, type Socket } from "node:net";

/** What happens to bytes: pass both ways; go nowhere; or reach the server whose answers are lost. */
export type Fault = "none" | "black_hole" | "answers_lost";

export type FaultProxy = {
  /** The address of the database, through the proxy. */
  url: string;
  setFault: (fault: Fault) => void;
  /** Breaks all connections and refuses new ones, until `start`. */
  stop: () => Promise<void>;
  start: () => Promise<void>;
};

/** A proxy between the app and the database of `databaseUrl`, which may be on a socket file or on TCP. */
export async function startFaultProxy(databaseUrl: string): Promise<FaultProxy> {
  const url = new URL(databaseUrl);
  const directory = url.searchParams.get("host");
  const target = directory
    ? { path: `${directory}/.s.PGSQL.5432` }
    : { host: url.hostname, port: Number(url.port || 5432) };
  const sockets = new Set<Socket>();
  let fault: Fault = "none";
  const server = createServer((client) => {
    const database = createConnection(target);
    for (const [from, to, way] of [
      [client, database, "question"],
      [database, client, "answer"],
    ] as const) {
      sockets.add(from);
      from.on("data", (data) => {
        if (fault === "none" || (fault === "answers_lost" && way === "question")) to.write(data);
      });
      from.on("error", () => to.destroy());
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  await listen(0);
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  url.searchParams.delete("host");
  url.hostname = "127.0.0.1";
  url.port = String(port);
  return {
    url: url.href,
    setFault: (next) => {
      fault = next;
    },
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    start: () => listen(port),
  };
}
