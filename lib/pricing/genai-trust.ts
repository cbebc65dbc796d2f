/**
 * Why an id of @pydantic/genai-prices is left out of the book. What cannot be told from the package's data was read in
 * its comments and in its change history.
 */
export type GenaiSkip =
  /** Claude is priced by a file of our own. */
  | "claude_is_ours"
  /** A file of our own has the model. */
  | "ours"
  /** `gpt-5-1-codex` for `gpt-5.1-codex`, which is taken. */
  | "respelled"
  /** The package matches the model by a pattern only, or takes the id for another model. */
  | "no_exact_id"
  /** A router's spelling (`:free`, `maker/model`), or the mere start of a fine-tuned model's id. */
  | "router_spelling"
  /** Free of charge, or priced by page, hour or request. */
  | "not_priced_by_token"
  /** Images, video or speech have rates of their own which a plain token count does not tell apart. */
  | "other_modality"
  /** Every call bills a search that its usage does not show. */
  | "hidden_search_fee"
  /** The rate depends on the hour of the day. */
  | "time_of_day"
  /** Moves from model to model; the package does not say when. */
  | "moving_alias"
  /** The package's own comment says that the price is a router's, a guess, or a promotion that has ended. */
  | "doubted_by_the_package"
  /** See DOUBTED. */
  | "doubted_here"
  /** A rate that is not whole under every multiplier: money is never rounded. */
  | "not_exact_in_our_unit"
  /** More than one length of prompt changes the price. */
  | "several_tiers";

const COMMENT_OF_DOUBT = /openrouter|trusting|promotion/i;
const SPEECH = /audio|realtime|transcribe|tts|whisper|voice|voxtral|live/i;
const SEARCH = /search/i;

/** Ids by provider whose price is not surely the maker's own, and why. */
export const DOUBTED: Readonly<Record<string, readonly string[]>> = {
  // Ids of hosts: DeepSeek's own API never had them. V4 Pro was overwritten on 2026-06-03, undated.
  deepseek: ["deepseek-v3.1-terminus", "deepseek-v3.2", "deepseek-v3.2-exp", "deepseek-v4-pro"],
  // Names that move without `-latest`; Medium 3 was overwritten with the price of 3.5, undated; 8x22B is a host's id.
  mistral: ["mistral-large", "mistral-medium", "mistral-medium-3", "mixtral-8x22b-instruct"],
  // Sold at a higher rate for long prompts, as all of their family; the package has one rate.
  "x-ai": [
    "grok-4-0709",
    "grok-4",
    "grok-4-fast",
    "grok-4-fast-reasoning",
    "grok-4-fast-non-reasoning",
    "grok-4-1-fast",
    "grok-4-1-fast-reasoning",
    "grok-4-1-fast-non-reasoning",
    "grok-4.20-multi-agent",
  ],
  // Names that older snapshots had at other prices.
  cohere: ["command-r", "command-r-plus"],
  // Not an id of Moonshot's API.
  moonshotai: ["kimi-k2"],
  // By the package's note on the provider, inferred from prices in yuan.
  minimax: [
    "MiniMax-M2",
    "minimax-m2",
    "MiniMax-M2.1",
    "minimax-m2.1",
    "MiniMax-M2.5",
    "minimax-m2.5",
    "MiniMax-M2.1-highspeed",
  ],
};

/** Whether a comment of the package says that its price is not the maker's list price. */
export function isDoubtful(comment: string | undefined): boolean {
  return comment !== undefined && COMMENT_OF_DOUBT.test(comment);
}

/** Why an id is not taken whatever its price; null when nothing speaks against it. */
export function findDoubt(provider: string, id: string): GenaiSkip | null {
  if (id.startsWith("claude-")) return "claude_is_ours";
  if (/[:/]|\.ft-$/.test(id)) return "router_spelling";
  if (SPEECH.test(id)) return "other_modality";
  if (SEARCH.test(id) || id.includes("deep-research")) return "hidden_search_fee";
  return DOUBTED[provider]?.includes(id) ? "doubted_here" : null;
}
