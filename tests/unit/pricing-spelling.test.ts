import { expect, test } from "vitest";
import { PRICE_BOOK } from "@/lib/pricing/book";
import { listSpellings } from "@/lib/pricing/spelling";

const base = PRICE_BOOK.models[0];
function spellingsOf(more: object): string[] {
  if (!base) throw new Error("an empty book");
  const model = { ...base, aliases: [], bedrockIds: [], vertexId: null, ...more };
  return [...listSpellings([model])].map(([id, { platform, endpoint }]) =>
    [id, platform, endpoint].filter(Boolean).join(" "),
  );
}

test("a model of Anthropic: the API, every Bedrock profile and version, Vertex, and routers", () => {
  const bedrock = ["anthropic.m-4-5", "anthropic.m-4-5-v1", "anthropic.m-4-5-v1:0"];
  const each = (of: (id: string) => string[]) => bedrock.flatMap(of);
  const areas = ["us", "eu", "jp", "au", "in", "apac"];
  const ids = { bedrockIds: ["anthropic.m-4-5-v1:0"], vertexId: "m-4-5@20251001" };
  expect(spellingsOf({ provider: "anthropic", id: "m-4-5", aliases: ["m"], ...ids }).toSorted()).toEqual(
    [
      ...["m-4-5", "anthropic/m-4-5", "m", "anthropic/m", "anthropic/m-4.5 openrouter"],
      ...each((id) => [`${id} bedrock`, `bedrock/${id} bedrock`]),
      ...each((id) => [`global.${id} bedrock global`, `bedrock/global.${id} bedrock global`]),
      ...each((id) =>
        areas.flatMap((area) => [`${area}.${id}`, `bedrock/${area}.${id}`].map((one) => `${one} bedrock regional`)),
      ),
      ...["m-4-5@20251001", "m-4-5@default", "vertex_ai/m-4-5@20251001", "vertex_ai/m-4-5@default"].map(
        (id) => `${id} vertex`,
      ),
    ].toSorted(),
  );
});

test("a second version of Bedrock is another model than the first", () => {
  const ids = spellingsOf({ provider: "acme", id: "m", bedrockIds: ["acme.m-v2:0"] });
  expect(ids.filter((id) => id.startsWith("acme.m"))).toEqual(["acme.m-v2:0 bedrock"]);
});

test("a plain Vertex id is also the default", () => {
  const ids = spellingsOf({ provider: "acme", id: "x", vertexId: "m" });
  expect(ids.filter((id) => id.endsWith(" vertex")).toSorted()).toEqual([
    ...["m vertex", "m@default vertex", "vertex_ai/m vertex", "vertex_ai/m@default vertex"],
  ]);
});

test.each([
  ["openai", ["openai/m"]],
  ["google", ["google/m", "gemini/m", "models/m"]],
  ["mistral", ["mistral/m"]],
  ["xai", ["xai/m"]],
  ["cohere", ["cohere/m"]],
  ["moonshotai", ["moonshot/m", "moonshotai/m openrouter"]],
  ["zai", ["zai/m"]],
  ["voyageai", ["voyage/m", "voyageai/m openrouter"]],
  ["deepseek", ["deepseek/m openrouter"]],
])("routers prefix a model of %s by %j", (provider, ids) => {
  expect(spellingsOf({ provider, id: "m" })).toEqual(["m", ...ids]);
});
