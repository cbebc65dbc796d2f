export const dynamic = "force-dynamic";

/** Liveness: the process answers. A database that is away is no reason to restart it. */
export function GET(): Response {
  return Response.json({ status: "alive" }, { headers: { "Cache-Control": "no-store" } });
}
