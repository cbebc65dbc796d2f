import { receiveDeploys } from "@/lib/deploys/receive-deploys";
import { ingestRoute } from "@/lib/ingest/ingest-route";

export const dynamic = "force-dynamic";

export const POST = ingestRoute("/api/v1/deploys", receiveDeploys);
