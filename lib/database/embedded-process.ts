import { fdatasyncSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";
import { lockDirectory } from "./directory-lock";
import { wireServer } from "./wire-server";

/** PGlite's file system does not pass PostgreSQL's fsync on to the disk; this one does, so that committed means on disk. */
class DurableFS extends NodeFS {
  override async init(...args: Parameters<NodeFS["init"]>) {
    const started = await super.init(...args);
    const preRun = started.emscriptenOpts.preRun ?? [];
    preRun.push((module: { FS: { filesystems: { NODEFS: { stream_ops: object } } } }) => {
      Object.assign(module.FS.filesystems.NODEFS.stream_ops, {
        fsync: (stream: { nfd?: number }) => {
          if (stream.nfd !== undefined) fdatasyncSync(stream.nfd);
          return 0;
        },
      });
    });
    return { emscriptenOpts: { ...started.emscriptenOpts, preRun } };
  }
}

const START_PARAMS = [
  // "-F" would switch fsync off.
  ...PGlite.defaultStartParams.filter((param) => param !== "-F"),
  ...["fsync=on", "wal_sync_method=fsync", "timezone=UTC", "max_wal_size=256MB"].flatMap((setting) => ["-c", setting]),
  // As SESSION_OPTIONS of lib/db sets it on a server: options of a session are not heard here.
  ...["-c", "random_page_cost=1.1"],
  // ANALYZE takes ten seconds here with the usual 100, and nobody is served meanwhile.
  ...["-c", "default_statistics_target=10"],
];

/**
 * The embedded database as a process of its own, told by its parent: `<data directory> <socket file or port>`. It says `ready` when it
 * answers, and ends when the parent says `stop` or is gone.
 */
async function main([dataDir = "", address = ""]: string[]) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const unlock = lockDirectory(dataDir);
  const db = await PGlite.create({ fs: new DurableFS(path.join(dataDir, "pg")), startParams: START_PARAMS });
  const { server, runChore } = wireServer(db, (error) => {
    console.error("The embedded database failed:", error);
    process.exit(70);
  });

  let stopping = false;
  async function stop() {
    if (stopping) return;
    stopping = true;
    server.close();
    await db.close();
    unlock();
    process.exit(0);
  }
  process.on("message", (message) => message === "stop" && void stop());
  process.on("disconnect", () => void stop());

  // A socket file may be left by a process that was killed; the lock says that nobody listens there any more.
  if (path.isAbsolute(address)) rmSync(address, { force: true });
  const ready = () => process.send?.("ready");
  if (path.isAbsolute(address)) server.listen(address, ready);
  else server.listen(Number(address), "127.0.0.1", ready);
  keepHouse(runChore);
}

/** What PostgreSQL's background processes do on a server: short recovery after a crash, statistics for the planner, dead rows removed. */
function keepHouse(runChore: (sql: string) => void) {
  const every = (minutes: number, sql: string) => setInterval(() => runChore(sql), minutes * 60_000).unref();
  every(1, "CHECKPOINT");
  for (const table of ["usage_hour", "usage_day"]) every(5, `ANALYZE ${table}`);
  every(60, "ANALYZE");
  for (const table of ["usage_hour", "usage_day", "session", "rate_limit"]) every(10, `VACUUM ${table}`);
}

// The parent decides when the database goes: it finishes its requests first. A terminal or service manager signals both at once.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});

main(process.argv.slice(2)).catch((error: unknown) => {
  process.send?.({ failed: error instanceof Error ? error.message : String(error) });
  process.exitCode = 69;
  process.disconnect?.();
});
