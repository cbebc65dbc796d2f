import { otlpRoute } from "@/lib/otlp/otlp-route";
import { receiveLogs } from "@/lib/otlp/receive-export";

export const dynamic = "force-dynamic";

export const POST = otlpRoute("/api/otlp/v1/logs", receiveLogs);
