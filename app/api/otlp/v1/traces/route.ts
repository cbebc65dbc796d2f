import { otlpRoute } from "@/lib/otlp/otlp-route";
import { receiveTraces } from "@/lib/otlp/receive-export";

export const dynamic = "force-dynamic";

export const POST = otlpRoute("/api/otlp/v1/traces", receiveTraces);
