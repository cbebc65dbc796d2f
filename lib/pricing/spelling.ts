import type { PricedModel } from "@/lib/pricing/book";

/** How a model id is spelled says which platform it is for and, on clouds, which endpoint served it. */
export type Spelling = Readonly<{
  model: PricedModel;
  /** Null where several platforms spell it so. */
  platform: "bedrock" | "vertex" | "openrouter" | null;
  /** Bedrock's inference profiles: `global` at base price, `regional` with the premium; null when not said. */
  endpoint: "global" | "regional" | null;
}>;

const REGIONAL_PROFILES = ["us", "eu", "jp", "au", "in", "apac"];
/**
 * How Google's API, and routers for the maker's own API, prefix a plain id. Not `deepseek/` and `minimax/`: routers send
 * these to any host of the model, at its price.
 */
const PREFIXES: Readonly<Record<string, readonly string[]>> = {
  anthropic: ["anthropic"],
  openai: ["openai"],
  google: ["google", "gemini", "models"],
  mistral: ["mistral"],
  xai: ["xai"],
  cohere: ["cohere"],
  moonshotai: ["moonshot"],
  zai: ["zai"],
  voyageai: ["voyage"],
};
const ROUTER_PREFIXES: Readonly<Record<string, string>> = { bedrock: "bedrock", vertex: "vertex_ai" };
const BEDROCK_VERSION = /-v\d+(:\d+)?$/;
const VERTEX_DATE = /^(.+)@\d{8}$/;

/**
 * Every spelling of every model of the book, so that a lookup is exact: nothing is matched by prefix or likeness.
 * Documented ones only (facts of each platform: Bedrock ids and profiles, Vertex `@date` and `@default`, routers'
 * `maker/model`).
 */
export function listSpellings(models: readonly PricedModel[]): ReadonlyMap<string, Spelling> {
  const spellings = new Map<string, Spelling>();
  const add = (id: string, spelling: Spelling) => {
    if (!spellings.has(id)) spellings.set(id, spelling);
    const router = spelling.platform && ROUTER_PREFIXES[spelling.platform];
    if (router) spellings.set(`${router}/${id}`, spelling);
  };
  for (const model of models) {
    const ids = [model.id, ...model.aliases];
    for (const id of ids) {
      add(id, { model, platform: null, endpoint: null });
      for (const prefix of PREFIXES[model.provider] ?? []) {
        add(`${prefix}/${id}`, { model, platform: null, endpoint: null });
      }
    }
    for (const id of model.bedrockIds.flatMap(bedrockVersions)) {
      add(id, { model, platform: "bedrock", endpoint: null });
      add(`global.${id}`, { model, platform: "bedrock", endpoint: "global" });
      for (const profile of REGIONAL_PROFILES) {
        add(`${profile}.${id}`, { model, platform: "bedrock", endpoint: "regional" });
      }
    }
    for (const id of model.vertexId ? vertexVersions(model.vertexId) : []) {
      add(id, { model, platform: "vertex", endpoint: null });
    }
    for (const id of ids) {
      const dotted = `${model.provider}/${id.replace(/(?<=-\d)-(?=\d$)/, ".")}`;
      add(dotted, { model, platform: "openrouter", endpoint: null });
    }
  }
  return spellings;
}

/** `…-v1:0` is also written `…-v1` and left out; a `-v2:0` is another model than `-v1:0`, so it stays. */
function bedrockVersions(id: string): string[] {
  const [version] = BEDROCK_VERSION.exec(id) ?? ["-v1:0"];
  if (!version.startsWith("-v1")) return [id];
  const bare = id.replace(BEDROCK_VERSION, "");
  return [bare, `${bare}-v1`, `${bare}-v1:0`];
}

function vertexVersions(id: string): string[] {
  const [, base = id] = VERTEX_DATE.exec(id) ?? [];
  return id === base ? [id, `${id}@default`] : [id, `${base}@default`];
}
