import { createServer, type Server, type Socket } from "node:net";
import type { PGlite } from "@electric-sql/pglite";

const SSL_REQUEST = 80877103;
const CANCEL_REQUEST = 80877102;
const QUERY = 0x51;
const SYNC = 0x53;
const FLUSH = 0x48;
const TERMINATE = 0x58;
const ABANDONED_AFTER_MS = 30_000;

type Connection = { socket: Socket; received: Buffer; started: boolean; unit: Buffer[] };
type Exchange = { connection: Connection; message: Buffer; ends: boolean };
type Chore = { connection: undefined; sql: string };

export type WireServer = {
  server: Server;
  /** Runs a statement of the house between the transactions of the clients. */
  runChore: (sql: string) => void;
};

/**
 * Speaks PostgreSQL's wire protocol for a PGlite database. PGlite has one session for all connections, so the messages of one
 * exchange (parse … sync) go in as one unit, and a transaction keeps the session until it ends: without that, one connection's
 * bind would meet another one's statement. `onBroken` is called when the database itself fails; the process should end then.
 */
export function wireServer(db: PGlite, onBroken: (error: unknown) => void): WireServer {
  const waiting: (Exchange | Chore)[] = [];
  let owner: Connection | undefined;
  let running = false;
  let abandoned: NodeJS.Timeout | undefined;

  async function execute({ connection, message, ends }: Exchange) {
    const onRawData = (data: Uint8Array) => {
      if (connection.socket.writable) connection.socket.write(Buffer.from(data));
    };
    await db.runExclusive(() => db.execProtocolRawStream(new Uint8Array(message), { onRawData }));
    owner = !ends || db.isInTransaction() ? connection : undefined;
  }

  function next(): Exchange | Chore | undefined {
    const index = owner ? waiting.findIndex(({ connection }) => connection === owner) : 0;
    return index < 0 ? undefined : waiting.splice(index, 1)[0];
  }

  async function run() {
    if (running) return;
    running = true;
    clearTimeout(abandoned);
    try {
      for (;;) {
        if (owner?.socket.destroyed) {
          await db.exec("ROLLBACK");
          owner = undefined;
        }
        const work = next();
        if (!work) break;
        if (work.connection === undefined) await db.exec(work.sql);
        else if (!work.connection.socket.destroyed) await execute(work);
      }
    } catch (error) {
      return onBroken(error);
    }
    running = false;
    // A client that sits on its transaction would stop everybody: closing its connection rolls the transaction back.
    if (owner) abandoned = setTimeout((held: Connection) => held.socket.destroy(), ABANDONED_AFTER_MS, owner);
  }

  function accept(socket: Socket) {
    const connection: Connection = { socket, received: Buffer.alloc(0), started: false, unit: [] };
    socket.setNoDelay(true);
    socket.on("data", (data) => {
      connection.received = connection.received.length > 0 ? Buffer.concat([connection.received, data]) : data;
      waiting.push(...takeExchanges(connection));
      void run();
    });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => void run());
  }

  function runChore(sql: string) {
    waiting.push({ connection: undefined, sql });
    void run();
  }

  return { server: createServer(accept), runChore };
}

/** Takes the complete exchanges off what a connection has received; what is incomplete stays. */
function takeExchanges(connection: Connection): Exchange[] {
  const exchanges: Exchange[] = [];
  for (;;) {
    const { received } = connection;
    const headerLength = connection.started ? 1 : 0;
    if (received.length < headerLength + 4) return exchanges;
    const length = headerLength + received.readInt32BE(headerLength);
    if (length < headerLength + 4) {
      connection.socket.destroy();
      return exchanges;
    }
    if (received.length < length) return exchanges;
    const message = received.subarray(0, length);
    connection.received = received.subarray(length);
    if (!connection.started) {
      const code = message.readInt32BE(4);
      if (code === SSL_REQUEST) connection.socket.write("N");
      else if (code === CANCEL_REQUEST) connection.socket.end();
      else {
        connection.started = true;
        exchanges.push({ connection, message, ends: true });
      }
      continue;
    }
    const type = message[0];
    if (type === TERMINATE) {
      connection.socket.end();
      continue;
    }
    connection.unit.push(message);
    if (type === QUERY || type === SYNC || type === FLUSH) {
      exchanges.push({ connection, message: Buffer.concat(connection.unit), ends: type !== FLUSH });
      connection.unit = [];
    }
  }
}
