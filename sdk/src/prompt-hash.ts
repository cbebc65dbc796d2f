import { canonicalJson } from "./canonical-json.js";
import type { Json } from "./plain-json.js";
import type { Breathe } from "./turns.js";

type JsonObject = { [name: string]: Json };

/** Members of a request body that come before the conversation, and are the same from call to call. */
const PREFIX_MEMBERS = ["instructions", "system", "systemInstruction", "system_instruction", "toolConfig", "tools"];

/** All members of a request body that make up the prompt, at any provider. Sampling, limits and the model do not. */
const PROMPT_MEMBERS = [
  ...PREFIX_MEMBERS,
  "cachedContent",
  "contents",
  "conversation",
  "input",
  "messages",
  "previous_response_id",
  "prompt",
];

/** Where system messages stand at the head of the conversation itself. */
const CONVERSATIONS = ["input", "messages"];

type Sha256 = (text: string) => string | Promise<string>;

export type PromptHashes = { prompt_hash?: string; prefix_hash?: string };

/**
 * Tells prompts apart without their text: the first 16 hexadecimal digits of the SHA-256 of the canonical JSON of those
 * members of a request body that make up the prompt, and of those that start it. A body that has none of them has no hash.
 * The README of the SDK has the rules and test vectors for other languages.
 */
export async function hashPrompt(body: JsonObject, sha256: Sha256, breathe: Breathe): Promise<PromptHashes> {
  const prompt = pick(body, PROMPT_MEMBERS);
  const prefix = { ...pick(body, PREFIX_MEMBERS), ...leadingSystemMessages(body) };
  const prompt_hash = await hash(prompt, sha256, breathe);
  const prefix_hash = await hash(prefix, sha256, breathe);
  return { ...(prompt_hash && { prompt_hash }), ...(prefix_hash && { prefix_hash }) };
}

async function hash(members: JsonObject, sha256: Sha256, breathe: Breathe): Promise<string | undefined> {
  const parts: string[] = [];
  for (const name of Object.keys(members).sort()) {
    parts.push(`${canonicalJson(name)}:${await canonicalMember(members[name] ?? null, breathe)}`);
  }
  if (parts.length === 0) return undefined;
  await breathe();
  return (await sha256(`{${parts.join(",")}}`)).slice(0, 16);
}

/** Message by message: there may be many. */
async function canonicalMember(value: Json, breathe: Breathe): Promise<string> {
  await breathe();
  if (!Array.isArray(value)) return canonicalJson(value);
  const items: string[] = [];
  for (const item of value) {
    items.push(canonicalJson(item));
    await breathe();
  }
  return `[${items.join(",")}]`;
}

function pick(body: JsonObject, names: readonly string[]): JsonObject {
  const picked: JsonObject = {};
  for (const name of names) {
    const value = body[name];
    if (value !== undefined && value !== null) picked[name] = value;
  }
  return picked;
}

function leadingSystemMessages(body: JsonObject): JsonObject {
  const leading: JsonObject = {};
  for (const name of CONVERSATIONS) {
    const messages = body[name];
    if (!Array.isArray(messages)) continue;
    const end = messages.findIndex((message) => !isSystemMessage(message));
    const system = end === -1 ? messages : messages.slice(0, end);
    if (system.length > 0) leading[name] = system;
  }
  return leading;
}

function isSystemMessage(message: Json | undefined): boolean {
  if (typeof message !== "object" || message === null || Array.isArray(message)) return false;
  return message.role === "system" || message.role === "developer";
}
