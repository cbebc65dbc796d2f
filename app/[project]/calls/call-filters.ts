import type { OwnFilter } from "@/components/filters/own-filters";
import { CALL_DIMENSION_VALUES } from "@/lib/calls/query";
import { callValue } from "./call-words";

const value = (key: string, label: string, values: readonly string[] = []): OwnFilter => ({
  kind: "value",
  key,
  label,
  values,
  words: Object.fromEntries(values.map((one) => [one, callValue(one)])),
});

/** What only calls can be filtered by, as the bar of their page offers it. */
export const CALL_FILTERS: readonly OwnFilter[] = [
  value("status", "status", [...(CALL_DIMENSION_VALUES.status ?? []), "500", "529", "499", "599"]),
  { kind: "range", key: "cost_usd", label: "cost", unit: "$" },
  { kind: "range", key: "latency_ms", label: "latency", unit: "ms" },
  { kind: "range", key: "input_tokens", label: "input", unit: "tokens" },
  { kind: "range", key: "output_tokens", label: "output", unit: "tokens" },
  value("pricing", "price", CALL_DIMENSION_VALUES.pricing),
  value("prompt", "prompt hash"),
  value("prefix", "prefix hash"),
  value("session", "session"),
  value("task", "task"),
  value("user", "user"),
  value("request", "request id"),
  value("stop_reason", "stop reason", ["end_turn", "max_tokens", "tool_use", "stop_sequence", "refusal", "pause_turn"]),
  value("source", "source"),
];

/** The parameters of these filters, which no other page has. */
export const CALL_FILTER_PARAMS: readonly string[] = CALL_FILTERS.flatMap(({ kind, key }) =>
  kind === "value" ? [`filter.${key}`, `not.${key}`] : [`min_${key}`, `max_${key}`],
);
