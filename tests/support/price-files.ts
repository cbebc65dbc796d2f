import { GENAI_PRICE_FILES } from "@/lib/pricing/genai-prices";
import anthropic from "@/prisma/prices/anthropic.json";
import google from "@/prisma/prices/google.json";
import openai from "@/prisma/prices/openai.json";

/** The published prices as their files say them, in decimal strings: read here a second time, without lib/pricing's book. */
export type RawRates = Readonly<Record<(typeof RAW_KINDS)[number], string | null>>;
export type RawRow = Readonly<{
  from: string;
  to: string | null;
  rates: RawRates;
  long_prompt?: { prompt_tokens_gt: number; rates: RawRates } | undefined;
}>;
export type RawModel = Readonly<{
  provider: string;
  id: string;
  aliases?: readonly string[];
  platform_ids?: { bedrock: string; bedrock_messages_api: string | null; vertex: string };
  supports?: { batch_half_price: boolean; inference_geo_us: boolean; cloud_regional_premium: boolean };
  prices: readonly RawRow[];
  fast_mode?: readonly RawRow[];
  /** USD per search. */
  webSearch: string | null;
}>;

export const RAW_KINDS = ["input", "cache_write_5m", "cache_write_1h", "cache_read", "output"] as const;

type File = { models: readonly object[]; server_tools?: { web_search: { usd_per_request: string } } };

const FILES: readonly (readonly [string, File])[] = [
  ["anthropic", anthropic],
  ["openai", openai],
  ["google", google],
  // Their conversion from the package is checked in pricing-genai.test.ts.
  ...Object.entries(GENAI_PRICE_FILES),
];

export const RAW_MODELS: readonly RawModel[] = FILES.flatMap(([provider, { models, server_tools }]) =>
  models.map((model) => ({
    ...(model as Omit<RawModel, "provider" | "webSearch">),
    provider,
    webSearch: server_tools?.web_search.usd_per_request ?? null,
  })),
);

/** What a spelling says: which model, on which cloud, at what kind of endpoint. */
export type Meaning = Readonly<{
  model: RawModel;
  cloud: "bedrock" | "vertex" | null;
  endpoint: "global" | "regional" | null;
}>;

const MAKER_PREFIXES: Readonly<Record<string, readonly string[]>> = {
  anthropic: ["anthropic/"],
  openai: ["openai/"],
  google: ["google/", "gemini/", "models/"],
  mistral: ["mistral/"],
  xai: ["xai/"],
};

/** The spellings that the platforms document (pricing facts §1.5): the first model of a name has it. */
export const SPELLINGS: ReadonlyMap<string, Meaning> = listSpellings();

function listSpellings(): Map<string, Meaning> {
  const spellings = new Map<string, Meaning>();
  const add = (text: string, meaning: Meaning) => {
    if (!spellings.has(text)) spellings.set(text, meaning);
  };
  for (const model of RAW_MODELS) {
    for (const id of [model.id, ...(model.aliases ?? [])]) {
      for (const prefix of ["", ...(MAKER_PREFIXES[model.provider] ?? [])]) {
        add(`${prefix}${id}`, { model, cloud: null, endpoint: null });
        add(`${prefix}${id}[1m]`, { model, cloud: null, endpoint: null });
      }
      // OpenRouter writes versions with dots.
      add(`${model.provider}/${id.replace(/-(\d)-(\d)$/, "-$1.$2")}`, { model, cloud: null, endpoint: null });
    }
    const { bedrock, vertex } = model.platform_ids ?? {};
    if (bedrock) {
      const say = (endpoint: Meaning["endpoint"]): Meaning => ({ model, cloud: "bedrock", endpoint });
      add(bedrock, say(null));
      add(`bedrock/${bedrock}`, say(null));
      add(`global.${bedrock}`, say("global"));
      for (const area of ["us", "eu", "jp", "au", "in", "apac"]) add(`${area}.${bedrock}`, say("regional"));
      add(`arn:aws:bedrock:eu-west-1::foundation-model/${bedrock}`, say("regional"));
      add(`arn:aws:bedrock:us-east-1:123456789012:inference-profile/global.${bedrock}`, say("global"));
      add(`arn:aws:bedrock:us-east-1:123456789012:inference-profile/eu.${bedrock}`, say("regional"));
    }
    if (vertex) {
      const onVertex: Meaning = { model, cloud: "vertex", endpoint: null };
      add(vertex, onVertex);
      add(`${vertex.split("@")[0]}@default`, onVertex);
      // Routers name the cloud before the id: that counts although the plain id says nothing.
      add(`vertex_ai/${vertex}`, onVertex);
    }
  }
  return spellings;
}
