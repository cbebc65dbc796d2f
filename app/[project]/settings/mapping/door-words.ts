import type { MappedDoor, MappedField } from "@/lib/mapping/schema";

type DoorWords = Readonly<{
  label: string;
  /** What may be pasted into the tester. */
  paste: string;
  example: string;
}>;

export const DOOR_WORDS: Readonly<Record<MappedDoor, DoorWords>> = {
  otlp: {
    label: "OpenTelemetry",
    paste: "A span, a list of spans or a whole export of traces, in OTLP JSON",
    example:
      '{"name": "chat claude-opus-5", "attributes": [{"key": "gen_ai.usage.input_tokens", "value": {"intValue": "1000"}}, …]}',
  },
  "claude-code": {
    label: "Claude Code",
    paste: "A log record, a list of them or a whole export of logs, in OTLP JSON",
    example:
      '{"body": {"stringValue": "claude_code.api_request"}, "attributes": [{"key": "model", "value": {"stringValue": "claude-opus-5"}}, …]}',
  },
  litellm: {
    label: "LiteLLM",
    paste: "A StandardLoggingPayload, a list of them, or one a line",
    example:
      '{"id": "chatcmpl-1", "status": "success", "model": "claude-opus-5", "metadata": {"usage_object": {…}}, …}',
  },
};

export const FIELD_LABELS: Readonly<Record<MappedField, string>> = {
  tenant_id: "Tenant",
  feature: "Feature",
  deploy_sha: "Deploy",
  user_id: "User",
  session_id: "Session",
  task_id: "Task",
};

/** Why a record is no call, where people read. */
export const IGNORED_WORDS = {
  not_a_model_call: "It is not one call of a model: an agent, a chain, a tool, or nothing of a model at all.",
  no_usage: "It tells of no tokens.",
  wraps_another_call: "It stands around another call that tells its own tokens: the inner one counts.",
  cache_hit: "LiteLLM answered from its own cache: the provider was not called.",
} as const;
