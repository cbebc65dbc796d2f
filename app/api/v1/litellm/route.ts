import { ingestRoute } from "@/lib/ingest/ingest-route";
import { receivePayloads } from "@/lib/litellm/receive-payloads";

export const dynamic = "force-dynamic";

export const POST = ingestRoute("/api/v1/litellm", receivePayloads);
