/** What the sender of a call is called in a list; `source` is what it told of itself, null for a call posted as it is. */
export function sourceName(source: string | null): string {
  if (source === null) return "Posted as JSON";
  if (source.startsWith("sdk-js/")) return "TypeScript SDK";
  if (/^otlp\/.*claude[-_]code/.test(source)) return "Claude Code";
  if (source.startsWith("otlp/")) return "OpenTelemetry";
  if (source.startsWith("litellm")) return "LiteLLM";
  if (source.startsWith("import/")) return "Imported file";
  return "Named by its sender";
}
