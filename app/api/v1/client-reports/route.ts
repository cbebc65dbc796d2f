import { receiveClientReport } from "@/lib/clients/receive-report";
import { ingestRoute } from "@/lib/ingest/ingest-route";

export const dynamic = "force-dynamic";

export const POST = ingestRoute("/api/v1/client-reports", receiveClientReport);
