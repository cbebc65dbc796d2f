/** What an HTTP request asks of a provider, as its address tells. */
export type Endpoint = {
  kind: "call" | "batch";
  /** The model, where the address names it. */
  model?: string;
  /** The address names the model more exactly than the answer does: an inference profile, a version with its date. */
  isModelExact?: boolean;
  platform?: string;
  /** The region of a cloud. */
  location?: string;
  /** For the results of a batch. */
  batchId?: string;
};

const CALL = /\/(?:v1\/messages|(?:v1|chat)\/completions|(?:v1|openai)\/responses|embeddings)$/;
const BATCH = /\/v1\/messages\/batches(?:\/[^/]+(?:\/cancel)?)?$/;
const BATCH_RESULTS = /\/v1\/messages\/batches\/([^/]+)\/results$/;
const BEDROCK = /\/model\/([^/]+)\/(?:invoke|invoke-with-response-stream|converse|converse-stream)$/;
const VERTEX =
  /(?:\/locations\/([^/]+))?\/publishers\/([^/]+)\/models\/([^/:]+):(?:rawPredict|streamRawPredict|generateContent|streamGenerateContent)$/;
const GEMINI = /\/v1(?:alpha|beta)?\/models\/([^/:]+):(?:generateContent|streamGenerateContent)$/;

/**
 * Recognises a request by the shape of its path, whatever the host: gateways serve the same paths under names of their
 * own. Null for what is not billed by the token (counting tokens, models, files) and what is not known here.
 */
export function findEndpoint(address: string, method: string): Endpoint | null {
  const url = parseUrl(address);
  if (!url) return null;
  const path = url.pathname;
  if (method === "POST") return findCall(path, url.hostname) ?? (BATCH.test(path) ? { kind: "batch" } : null);
  if (method !== "GET") return null;
  const batchId = BATCH_RESULTS.exec(path)?.[1];
  if (batchId) return { kind: "batch", batchId, ...hostOf(url.hostname) };
  return BATCH.test(path) ? { kind: "batch" } : null;
}

function findCall(path: string, hostname: string): Endpoint | null {
  const host = hostOf(hostname);
  if (CALL.test(path)) return { kind: "call", ...host };
  const bedrock = BEDROCK.exec(path)?.[1];
  if (bedrock) return { kind: "call", ...host, platform: "bedrock", model: decode(bedrock), isModelExact: true };
  const [, location, publisher, vertexModel] = VERTEX.exec(path) ?? [];
  if (vertexModel && vertexModel !== "count-tokens") {
    // Without a location in the path, as with an API key, it is the global endpoint.
    const place = { platform: "vertex", location: location ?? host.location ?? "global" };
    return { kind: "call", ...place, model: decode(vertexModel), isModelExact: publisher !== "google" };
  }
  const gemini = GEMINI.exec(path)?.[1];
  return gemini ? { kind: "call", ...host, model: decode(gemini) } : null;
}

/** Clouds and routers that serve the models of others under the makers' own paths. */
function hostOf(hostname: string): Pick<Endpoint, "platform" | "location"> {
  const [, awsRegion] = /^bedrock[a-z-]*\.([a-z0-9-]+)\.(?:amazonaws\.com|api\.aws)/.exec(hostname) ?? [];
  if (awsRegion) return { platform: "bedrock", location: awsRegion };
  const vertex = /^(?:([a-z0-9-]+)-)?aiplatform\.googleapis\.com$/.exec(hostname);
  if (vertex) return { platform: "vertex", location: vertex[1] ?? "global" };
  if (/\.(?:openai|services\.ai|cognitiveservices)\.azure\.com$/.test(hostname)) return { platform: "azure" };
  return hostname === "openrouter.ai" ? { platform: "openrouter" } : {};
}

function parseUrl(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
