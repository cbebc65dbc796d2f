import { expect, it } from "vitest";
import { DEFAULT_MAPPINGS } from "@/lib/mapping/defaults";
import { READ_ATTRIBUTES } from "@/lib/otlp/attributes";
import { wantsOf } from "@/lib/otlp/wants-of";

it("wants what tells of a call and what the mapping names, and no word that was said", () => {
  const own = { ...DEFAULT_MAPPINGS.otlp, tenant_id: { keys: ["acme.account"], fallback: "nobody" } };
  const wants = wantsOf(READ_ATTRIBUTES, own);
  expect(["gen_ai.usage.input_tokens", "ai.operationId", "spendtrace.usage", "acme.account"].map(wants)).not.toContain(
    false,
  );
  const said = [
    "gen_ai.prompt.0.content",
    "gen_ai.input.messages",
    "ai.prompt",
    "input.value",
    "llm.input_messages",
    "tenant.id",
  ];
  expect(said.map(wants)).not.toContain(true);
});
