/** Runs once when a server starts, before its first request: takes up the work in the background that an earlier one left. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startRepriceWorker } = await import("@/lib/reprice/worker");
  startRepriceWorker();
}
