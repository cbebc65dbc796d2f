import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Json } from "../src/plain-json.js";
import { hashPrompt } from "../src/prompt-hash.js";
import { readRequestBody } from "../src/request-body.js";

type Vector = { name: string; body: { [name: string]: Json }; prompt_hash: string | null; prefix_hash: string | null };

const documentation = readFileSync(new URL("../../docs/prompt-hashes.md", import.meta.url), "utf8");
const block = (language: string) => new RegExp(`\`\`\`${language}\n(.*?)\n\`\`\``, "s").exec(documentation)?.[1] ?? "";
const vectors: Vector[] = JSON.parse(block("json"));

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const breathe = async () => {};
const told = (value: string | null, name: string) => (value === null ? {} : { [name]: value });

describe("the hashes of a prompt", () => {
  test.each(vectors)("as documented: $name", async ({ body, prompt_hash, prefix_hash }) => {
    const expected = { ...told(prompt_hash, "prompt_hash"), ...told(prefix_hash, "prefix_hash") };
    expect(await hashPrompt(body, sha256, breathe)).toEqual(expected);
    expect(await hashPrompt(body, async (text) => sha256(text), breathe)).toEqual(expected);
  });

  test("the documented canonical JSON has the documented hash", () => {
    expect(sha256(documentation.split("```\n").at(-2)?.trim() ?? "").slice(0, 16)).toBe(vectors[0]?.prefix_hash);
  });

  test("one character more is another prompt with the same start", async () => {
    const ask = (content: string) =>
      hashPrompt({ system: "s", messages: [{ role: "user", content }] }, sha256, breathe);
    const [first, second] = [await ask("a"), await ask("a ")];
    expect(first.prompt_hash).not.toBe(second.prompt_hash);
    expect(first.prefix_hash).toBe(second.prefix_hash);
  });
});

describe("what the body of a request tells", () => {
  const body = { model: "m", max_tokens: 7, messages: [{ role: "user", content: "Hi" }] };
  const text = JSON.stringify(body);
  const facts = {
    model: "m",
    max_tokens: 7,
    prompt_hash: sha256('{"messages":[{"content":"Hi","role":"user"}]}').slice(0, 16),
  };

  test.each<[string, unknown]>([
    ["text", text],
    ["text with space around it", `\n ${text} `],
    ["bytes", new TextEncoder().encode(text)],
    ["a part of a buffer", new Uint8Array(Buffer.from(`--${text}--`)).subarray(2, -2)],
    ["an ArrayBuffer", new TextEncoder().encode(text).buffer],
    ["a Blob", new Blob([text])],
  ])("as %s", async (_, given) => {
    expect(await readRequestBody(given, sha256, breathe)).toEqual(facts);
  });

  test.each<[string, unknown]>([
    ["none", null],
    ["no JSON", "{oops"],
    ["a list", "[1]"],
    ["no text at all", new Uint8Array([0xff, 0x00])],
    ["a form", new URLSearchParams({ a: "b" })],
    ["a form with files", new FormData()],
    ["a stream", new ReadableStream()],
    ["too large", `{"model":"${"x".repeat(4_000_000)}"}`],
    ["too large a Blob", new Blob(["{}", " ".repeat(4_000_000)])],
    ["too deep", `{"messages":${"[".repeat(1e6)}${"]".repeat(1e6)}}`],
  ])("of %s is nothing", async (_, given) => {
    expect(await readRequestBody(given, sha256, breathe)).toEqual({});
  });

  test("with half a character is not hashed, but otherwise told", async () => {
    expect(await readRequestBody('{"model":"m","messages":["\\ud800"]}', sha256, breathe)).toEqual({ model: "m" });
  });

  test.each([
    [{ max_completion_tokens: 5 }, 5],
    [{ max_output_tokens: 6 }, 6],
    [{ generationConfig: { maxOutputTokens: 7 } }, 7],
    [{ inferenceConfig: { maxTokens: 0 } }, 0],
    [{ max_tokens: "8" }, undefined],
    [{ max_tokens: -1 }, undefined],
  ])("names the limit of %o", async (limits, expected) => {
    expect((await readRequestBody(JSON.stringify(limits), sha256, breathe)).max_tokens).toBe(expected);
  });
});
