/** The ways by which calls come in, each with a tab of the quick start and a page in the repository's docs. */
export const DOORS = [
  { key: "sdk", label: "TypeScript SDK", docs: "sdk/README.md" },
  { key: "otel", label: "OpenTelemetry", docs: "docs/opentelemetry.md" },
  { key: "claude-code", label: "Claude Code", docs: "docs/claude-code.md" },
  { key: "litellm", label: "LiteLLM", docs: "docs/litellm.md" },
  { key: "ai-sdk", label: "Vercel AI SDK", docs: "sdk/README.md" },
  { key: "http", label: "Python, anything", docs: "docs/http-api.md" },
  { key: "import", label: "Import files", docs: "docs/import.md" },
] as const;
export type Door = (typeof DOORS)[number];
export type DoorKey = Door["key"];

/** The tab that a URL asks for; the first for anything that is none. */
export function findDoor(key: string | string[] | undefined): Door {
  return DOORS.find((door) => door.key === key) ?? DOORS[0];
}

/** Where the set-up of a door is told. */
export function doorHref(slug: string, key: DoorKey): string {
  return `/${encodeURIComponent(slug)}/quick-start?door=${key}`;
}
