import { ingestRoute } from "@/lib/ingest/ingest-route";
import { receiveOutcomes } from "@/lib/tasks/receive-outcomes";

export const dynamic = "force-dynamic";

export const POST = ingestRoute("/api/v1/outcomes", receiveOutcomes);
