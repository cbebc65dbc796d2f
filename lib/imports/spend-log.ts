import { withDefaults } from "@/lib/imports/read-row";
import { compact, isObject, type JsonObject, type Outcome, type ReadOptions, textOf } from "@/lib/imports/schema";
import { toRfc3339 } from "@/lib/imports/zoned-time";
import { outcomeFields } from "@/lib/litellm/outcome";
import { payloadAttributes } from "@/lib/litellm/payload-attributes";
import { readPayloadUsage } from "@/lib/litellm/payload-usage";
import { DEFAULT_MAPPINGS } from "@/lib/mapping/defaults";
import { mapAttributes } from "@/lib/mapping/map-attributes";
import { toProviderName } from "@/lib/mapping/provider-name";
import type { MappedField } from "@/lib/mapping/schema";

const MICROS_PER_USD = 1_000_000;

/**
 * A row of LiteLLM's SpendLogs, of CSV or JSON. Its prompt figure counts cached tokens: they are taken out, or where it cannot hold them
 * it is taken as fresh input and `usage_convention` says so. Answers of LiteLLM's own cache cost nothing and are skipped, and so are rows
 * with neither tokens nor a cost; a cost without tokens, as of a picture, leaves our price unknown. Tenant and the like are found as the
 * callback finds them by default, so that a call which came by both is one; else the feature is the first request tag. Its spend stays
 * the reported cost.
 */
export function spendLogReader({ defaults, zone }: ReadOptions) {
  return (value: unknown): Outcome => {
    if (!isObject(value)) return { errors: [{ path: "", message: "is no row of SpendLogs" }] };
    if (/^true$/i.test(String(value.cache_hit))) return { skipped: "answered by LiteLLM's own cache" };
    const metadata = asJson(value.metadata);
    const usage = isObject(metadata) ? metadata : {};
    const hasFailed = value.status === "failure" || usage.status === "failure";
    const used = readUsage(value, usage);
    const micros = toMicros(value.spend);
    if (!hasFailed && used === null && !micros) return { skipped: "neither tokens nor a cost" };
    const model = textOf(value.model);
    const provider = textOf(value.custom_llm_provider);
    const call = {
      occurred_at: toTime(value.startTime, zone),
      request_id: value.request_id,
      ...whoPays(value, usage),
      model: model?.startsWith(`${provider}/`) ? model.slice(`${provider}/`.length) : value.model,
      provider: provider && toProviderName(provider),
      ...used?.fields,
      ...outcomeFields(hasFailed, used !== null, usage),
      latency_ms: toLatency(toTime(value.startTime, zone), toTime(value.endTime, zone)),
      cost_usd_micros: micros,
    };
    return { call: withDefaults(compact(call), defaults, "import/litellm") };
  };
}

/** The row in the form of the callback's payload, as far as its mapping looks. */
function whoPays(row: JsonObject, metadata: JsonObject): JsonObject {
  const tags = asJson(row.request_tags);
  const payload = {
    end_user: textOf(row.end_user),
    request_tags: tags,
    metadata: { user_api_key_team_id: textOf(row.team_id), user_api_key_user_id: textOf(row.user), ...metadata },
  };
  const mapping = DEFAULT_MAPPINGS.litellm;
  const { values, origins } = mapAttributes(mapping, [payloadAttributes(payload, mapping)]);
  const found = Object.entries(values).filter(([field]) => origins[field as MappedField] !== null);
  return {
    feature: Array.isArray(tags) ? textOf(tags[0]) : undefined,
    session_id: textOf(row.session_id),
    ...Object.fromEntries(found),
  };
}

/** JSON columns are text in a CSV. */
function asJson(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function toTime(value: unknown, zone: string): string | undefined {
  const text = textOf(value);
  return text && toRfc3339(text, zone);
}

function toLatency(start: string | undefined, end: string | undefined): number | undefined {
  const ms = Date.parse(end ?? "") - Date.parse(start ?? "");
  return ms >= 0 ? Math.round(ms) : undefined;
}

/** Cells are text, JSON has numbers; anything else goes on as it is, for the rule of the field to refuse. */
function toNumber(value: unknown): unknown {
  return typeof value === "string" && /^\d+(\.0+)?$/.test(value.trim()) ? Number(value) : value;
}

function toMicros(spend: unknown): number | undefined {
  if (spend === null || spend === undefined || spend === "") return undefined;
  const dollars = Number(spend);
  return Number.isFinite(dollars) ? Number((dollars * MICROS_PER_USD).toFixed(6)) : undefined;
}

/**
 * What the door of LiteLLM's callback reads of the same call. Rows of older versions have the provider's counts without the totals, which
 * are columns of the row then.
 */
function readUsage(row: JsonObject, { additional_usage_values: others, usage_object: told }: JsonObject) {
  const totals = { prompt_tokens: toNumber(row.prompt_tokens), completion_tokens: toNumber(row.completion_tokens) };
  if (!isObject(others) && !isObject(told)) return readPayloadUsage(totals);
  const usage = { ...(isObject(others) && others), ...(isObject(told) && told) };
  const isOfProvider = "input_tokens" in usage || "output_tokens" in usage;
  return readPayloadUsage({ ...totals, metadata: { usage_object: isOfProvider ? usage : { ...totals, ...usage } } });
}
