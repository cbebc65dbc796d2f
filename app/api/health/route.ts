import { checkReadiness } from "@/lib/database/check-readiness";

export const dynamic = "force-dynamic";

/** Readiness: 200 when this process can serve, 503 with what is wrong otherwise. */
export async function GET(): Promise<Response> {
  const { ready, checks } = await checkReadiness();
  const body = { status: ready ? "ready" : "not ready", checks };
  return Response.json(body, { status: ready ? 200 : 503, headers: { "Cache-Control": "no-store" } });
}
