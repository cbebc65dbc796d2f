import { asObject, asText } from "./answer.js";
import type { Json } from "./plain-json.js";
import { hashPrompt, type PromptHashes } from "./prompt-hash.js";
import type { Breathe } from "./turns.js";

/** Larger bodies are not read: to parse them, which goes in one piece, would hold up the host for more than some 10 ms. */
const MAX_CHARS = 4_000_000;

export type RequestFacts = PromptHashes & { model?: string; max_tokens?: number };

/**
 * What the body of a request, as it was sent, says of the call. Bodies that are streams or forms are the provider's
 * alone: nothing is read of them.
 */
export async function readRequestBody(
  body: unknown,
  sha256: (text: string) => string | Promise<string>,
  breathe: Breathe,
): Promise<RequestFacts> {
  if (sizeOf(body) > MAX_CHARS) return {};
  const text = await textOf(body);
  await breathe();
  const json = parse(text);
  if (!json) return {};
  const hashes = await hashPrompt(json, sha256, breathe).catch(() => ({}));
  const limits = [
    json.max_tokens,
    json.max_completion_tokens,
    json.max_output_tokens,
    asObject(json.generationConfig)?.maxOutputTokens,
    asObject(json.inferenceConfig)?.maxTokens,
  ];
  const maxTokens = limits.find((limit) => Number.isInteger(limit) && Number(limit) >= 0);
  return { model: asText(json.model), max_tokens: maxTokens as number | undefined, ...hashes };
}

/** In characters or bytes; 0 for a body that is not read. */
export function sizeOf(body: unknown): number {
  if (typeof body === "string") return body.length;
  if (body instanceof Blob) return body.size;
  return body instanceof ArrayBuffer || ArrayBuffer.isView(body) ? body.byteLength : 0;
}

async function textOf(body: unknown): Promise<string> {
  if (typeof body === "string") return body;
  if (body instanceof Blob) return body.text();
  return body instanceof ArrayBuffer || ArrayBuffer.isView(body) ? new TextDecoder().decode(body) : "";
}

function parse(text: string): { [name: string]: Json } | undefined {
  if (!text.trimStart().startsWith("{")) return undefined;
  try {
    return asObject(JSON.parse(text)) as { [name: string]: Json } | undefined;
  } catch {
    return undefined;
  }
}
