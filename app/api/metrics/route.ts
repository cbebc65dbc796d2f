import { metrics } from "@/lib/metrics";

export const dynamic = "force-dynamic";

/** Prometheus text: counts and timings only, nothing of any project. */
export async function GET(): Promise<Response> {
  const { registry } = metrics;
  return new Response(await registry.metrics(), {
    headers: { "Content-Type": registry.contentType, "Cache-Control": "no-store" },
  });
}
