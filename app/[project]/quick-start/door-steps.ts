import type { DoorKey } from "./doors";
import {
  AI_SDK_SAMPLE,
  claudeCodeSample,
  curlSample,
  envSample,
  importSample,
  litellmSample,
  otelSample,
  PYTHON_SAMPLE,
  type Sample,
  type SampleValues,
  SDK_INSTALL,
  SDK_SAMPLE,
} from "./samples";

/** One step of a set-up after the key: what to do and why, what to paste, and where else it can be done. */
export type DoorStep = Readonly<{
  title: string;
  text: string;
  samples: readonly Sample[];
  link?: Readonly<{ path: string; label: string }>;
}>;

const INSTALL: DoorStep = {
  title: "Install",
  text: "The SDK is not on npm yet: pack it from the repository that this server runs from. It has no dependencies.",
  samples: [{ name: "Terminal", text: SDK_INSTALL }],
};
const PRIVATE =
  "Tokens, model, latency and status are read from each response. Prompts and answers stay in your process; only hashes are sent.";

const mapping = (door: string) => ({
  path: `/settings/mapping?door=${door}`,
  label: "Which attributes name tenant, feature and deploy",
});

/** The steps of a door in order; the key and what to see at the end are the same for all. */
export function doorSteps(door: DoorKey, values: SampleValues): readonly DoorStep[] {
  switch (door) {
    case "sdk":
      return [
        INSTALL,
        { title: "Wrap the client you have", text: PRIVATE, samples: [{ name: "app.ts", text: SDK_SAMPLE }] },
      ];
    case "ai-sdk":
      return [
        INSTALL,
        {
          title: "Give the provider the wrapped fetch",
          text: `It works with every provider that takes a fetch. ${PRIVATE}`,
          samples: [{ name: "app.ts", text: AI_SDK_SAMPLE }],
        },
      ];
    case "otel":
      return [
        {
          title: "Point the exporter here",
          text: "Any OTLP exporter for traces or logs, protobuf or JSON. Spans of LLM calls become calls; all others are counted and left.",
          samples: [{ name: ".env", text: otelSample(values) }],
          link: mapping("otlp"),
        },
      ];
    case "claude-code":
      return [
        {
          title: "Turn its telemetry on",
          text: "Claude Code sends an event for each request: tokens and model, no prompts. Start it from the same terminal.",
          samples: [{ name: "Terminal", text: claudeCodeSample(values) }],
          link: mapping("claude-code"),
        },
        {
          title: "Bring in what was spent before",
          text: "Claude Code keeps transcripts on your disk. This reads their token counts, from the folder of Spendtrace; doing it twice changes nothing. Where telemetry comes in already, name when it began with --before TIME, or its calls count twice.",
          samples: [{ name: "Import", text: importSample(values, "--claude-code") }],
          link: { path: "/import", label: "Or drop the files on a page" },
        },
      ];
    case "litellm":
      return [
        {
          title: "Add the callback to the proxy",
          text: "Every call, failed attempts and fallbacks too. Message bodies are dropped at the door, unread.",
          samples: [{ name: "config.yaml", text: litellmSample(values) }],
          link: mapping("litellm"),
        },
      ];
    case "http":
      return [
        {
          title: "Send a call",
          text: "A made-up call of this moment, ready to be pasted. A call that is sent again as it was, time included, is counted once.",
          samples: [{ name: "Terminal", text: curlSample(values) }],
        },
        {
          title: "Report the calls you make",
          text: "Send the provider's usage object as it came, from any language. There is no field for prompts and answers.",
          samples: [{ name: "app.py", text: PYTHON_SAMPLE }],
        },
      ];
    case "import":
      return [
        {
          title: "Send the files",
          text: "JSON lines or CSV of calls, results of Message Batches, LiteLLM's SpendLogs, transcripts of Claude Code. From the folder of Spendtrace; doing it twice changes nothing.",
          samples: [{ name: "Import", text: importSample(values, "FILE…") }],
          link: { path: "/import", label: "Or drop the files on a page" },
        },
      ];
  }
}

/** What the key is put into before the first step; null where it stands in the steps themselves. */
export function keySample(door: DoorKey, values: SampleValues): Sample | null {
  const isInEnvironment = door === "sdk" || door === "ai-sdk" || door === "http";
  return isInEnvironment ? { name: ".env", text: envSample(values) } : null;
}
