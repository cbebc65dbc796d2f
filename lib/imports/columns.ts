import type { Detected, Mapping } from "@/lib/imports/schema";

/** What a cell is turned into. */
type Kind = "text" | "number" | "ms" | "time" | "usage" | "dollars";

/**
 * The fields that a column can fill, by their names in POST /api/v1/calls, with other names that exports use for them.
 * `reported_cost_usd`, in dollars, becomes `cost_usd_micros`; `sent_model` is the spelling before an alias, in exports of our own.
 */
const FIELDS = {
  occurred_at: ["time", "timestamp", "time", "date", "datetime", "created_at", "started_at", "start_time"],
  request_id: ["text", "id", "call_id", "message_id", "response_id", "generation_id", "trace_id"],
  tenant_id: [
    "text",
    "tenant",
    "customer",
    "customer_id",
    "organization",
    "organization_id",
    "org_id",
    "account_id",
    "team_id",
  ],
  feature: ["text", "feature_name", "use_case", "workflow", "task_type"],
  deploy_sha: ["text", "deploy", "commit", "commit_sha", "git_sha", "sha", "release", "version"],
  model: ["text", "model_name", "model_id"],
  sent_model: ["text"],
  provider: ["text", "llm_provider", "vendor"],
  platform: ["text"],
  usage: ["usage", "usage_object"],
  input_tokens: ["number", "fresh_input_tokens", "uncached_input_tokens", "tokens_in"],
  cache_create_5m_tokens: ["number", "cache_write_5m_tokens", "ephemeral_5m_input_tokens"],
  cache_create_1h_tokens: ["number", "cache_write_1h_tokens", "ephemeral_1h_input_tokens"],
  cache_create_tokens: ["number", "cache_creation_input_tokens", "cache_creation_tokens", "cache_write_tokens"],
  cache_read_tokens: [
    "number",
    "cache_read_input_tokens",
    "cached_input_tokens",
    "input_cached_tokens",
    "cached_tokens",
  ],
  output_tokens: ["number", "completion_tokens", "tokens_out"],
  web_search_requests: ["number", "web_searches"],
  prompt_hash: ["text"],
  prefix_hash: ["text"],
  service_tier: ["text"],
  speed: ["text"],
  inference_geo: ["text"],
  location: ["text", "region"],
  user_id: ["text", "user", "end_user"],
  session_id: ["text", "session", "conversation_id"],
  task_id: ["text", "task"],
  attempt: ["number"],
  max_tokens: ["number"],
  stop_reason: ["text", "finish_reason"],
  status_code: ["number", "status", "http_status"],
  latency_ms: ["ms", "duration_ms"],
  ttft_ms: ["ms", "time_to_first_token_ms"],
  cost_usd_micros: ["number"],
  reported_cost_usd: ["dollars", "cost_usd", "cost", "spend", "total_cost"],
  source: ["text"],
  usage_source: ["text"],
  usage_convention: ["text"],
} as const satisfies Readonly<Record<string, readonly [Kind, ...string[]]>>;

export type Field = keyof typeof FIELDS;
export const FIELD_NAMES = Object.keys(FIELDS) as readonly Field[];
export const kindOf = (field: Field): Kind => FIELDS[field][0];

/** Without these no call can be stored; tenant and feature may come as a default instead. */
export const REQUIRED: readonly Field[] = ["occurred_at", "request_id", "tenant_id", "feature", "model"];

export function isField(name: string): name is Field {
  return Object.hasOwn(FIELDS, name);
}

/** `Tenant ID`, `tenantId` and `tenant-id` are one name. */
function plain(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_|_$/g, "");
}

/** Names of cached tokens where they are a part of the input, as OpenAI counts them; and of an input that is without them. */
const WITHIN_INPUT = ["cached_input_tokens", "input_cached_tokens", "cached_tokens"];
const FRESH_INPUT = ["fresh_input_tokens", "uncached_input_tokens"];

/** Whether the input of a row counts its cached tokens too, by the names of the columns. */
export function countsReadsInInput({ input_tokens = "", cache_read_tokens = "" }: Mapping): boolean {
  return WITHIN_INPUT.includes(plain(cache_read_tokens)) && !FRESH_INPUT.includes(plain(input_tokens));
}

/** Columns that only our own export of calls has: in it text is written so that no spreadsheet runs it. */
const OWN = ["request_id", "received_at", "pricing_status", "reported_cost_usd"];
export const isOwnExport = (header: readonly string[]): boolean => OWN.every((name) => header.includes(name));

/** A status of HTTP. Many tables have words under that name, such as `success`. */
const HTTP_STATUS = /^\s*[1-5]\d\d\s*$/;

/**
 * Which column each field would be read from by its name: the field's own before another one for it, each column once. Of a column
 * `status` its first cells must show that it is one of HTTP.
 */
export function suggestMapping(header: readonly string[], samples: Detected["samples"] = []): Mapping {
  const isTold = (name: string, at: number) => {
    const cells = samples[at] ?? [];
    return plain(name) !== "status" || (cells.length > 0 && cells.every((cell) => HTTP_STATUS.test(cell)));
  };
  const free = new Map(header.filter(isTold).map((name) => [plain(name), name]));
  const mapping: Record<string, string> = {};
  const take = (field: string, name: string) => {
    const column = free.get(name);
    if (column === undefined || field in mapping) return;
    mapping[field] = column;
    free.delete(name);
  };
  for (const field of FIELD_NAMES) take(field, field);
  if (isOwnExport(header)) return mapping;
  for (const field of FIELD_NAMES) for (const name of FIELDS[field].slice(1)) take(field, name);
  // A prompt figure counts cached tokens too: it tells the fresh input where all that is said of a cache can be taken out of it.
  const names = [...free.keys(), ...Object.values(mapping)].map(plain);
  if (!names.some((name) => name.includes("cache") && !WITHIN_INPUT.includes(name)))
    take("input_tokens", "prompt_tokens");
  return mapping;
}
