import { createAmazonBedrock } from "@ai-sdk/amazon-bedrock";
import { createBedrockAnthropic } from "@ai-sdk/amazon-bedrock/anthropic";
import { createAnthropic } from "@ai-sdk/anthropic";
import { createOpenAI } from "@ai-sdk/openai";
import Anthropic from "@anthropic-ai/sdk";
import { AnthropicVertex } from "@anthropic-ai/vertex-sdk";
import { GoogleGenAI } from "@google/genai";
import { generateText, type LanguageModel, streamText } from "ai";
import OpenAI from "openai";
import * as answers from "@/sdk/tests/support/answers.js";
import { converseMessage, invokeMessage } from "@/sdk/tests/support/aws-messages.js";
import { json, type Provider, pieces, type Reply, sse } from "@/sdk/tests/support/provider-server.js";

type AuthClient = NonNullable<NonNullable<ConstructorParameters<typeof AnthropicVertex>[0]>["authClient"]>;
type Fetch = typeof globalThis.fetch;

/** What the provider will answer, and the name it gives the request. */
export type Question = {
  requestId: string;
  model: string;
  usage: Record<string, unknown>;
  stopReason?: string;
  /** For a stream, the events that carry the usage, instead of those made from it. */
  events?: StreamEvent[];
  location?: string;
  /** When the batch was made. */
  at: string;
};

/** Lets a real client ask the provider through a wrapped fetch, and read the answer to its end. */
export type Ask = (provider: Provider, fetch: Fetch, question: Question) => Promise<void>;

export type StreamEvent = { type: string; message?: object };

export type Way = "plain" | "streamed";

const AWS_STREAM = { "content-type": "application/vnd.amazon.eventstream" };
const apiKey = "sk-test";
const prompt = "How much is the fish?";
const messages = answers.PROMPT;

/** Stands for the login at Google, which would need the internet. */
const authClient = {
  projectId: "p",
  getRequestHeaders: async () => new Headers({ authorization: `Bearer ${apiKey}` }),
} as unknown as AuthClient;

const named = ({ requestId }: Question) => ({
  "request-id": requestId,
  "x-request-id": requestId,
  "x-amzn-requestid": requestId,
});
const plainly = (question: Question, answer: object) => json(answer, { headers: named(question) });

function anthropicStream(question: Question): Reply {
  const made = answers.anthropicEvents(question) as StreamEvent[];
  const given = question.events ?? [];
  const [start, ...rest] = made.map((event) => given.find(({ type }) => type === event.type) ?? event);
  const message = { ...made[0]?.message, ...start?.message };
  return sse([{ ...start, message }, ...rest], { headers: named(question) });
}

async function readAll(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of stream);
}

function askMessages(client: Anthropic | AnthropicVertex, provider: Provider, question: Question, way: Way) {
  const body = { model: question.model, max_tokens: 64, messages };
  provider.replyWith(
    way === "plain" ? plainly(question, answers.anthropicMessage(question)) : anthropicStream(question),
  );
  return way === "plain" ? client.messages.create(body) : client.messages.stream(body).finalMessage();
}

async function askAi(model: LanguageModel, way: Way): Promise<void> {
  const options = { model, prompt, maxRetries: 0, maxOutputTokens: 64 };
  if (way === "plain") await generateText(options);
  else await readAll(streamText({ ...options, onError: () => {} }).fullStream);
}

/** `@anthropic-ai/sdk` */
export const anthropic =
  (way: Way): Ask =>
  async (provider, fetch, question) => {
    await askMessages(new Anthropic({ apiKey, baseURL: provider.url, fetch, maxRetries: 0 }), provider, question, way);
  };

/** `@anthropic-ai/sdk`, the results of a batch with one message. */
export const anthropicBatch: Ask = async (provider, fetch, question) => {
  const id = `msgbatch_${question.requestId}`;
  const results_url = `${provider.url}/v1/messages/batches/${id}/results`;
  const message = { ...answers.anthropicMessage(question), id: question.requestId };
  provider.replyWith(
    json({ id, type: "message_batch", processing_status: "ended", created_at: question.at, results_url }),
    pieces([`${JSON.stringify({ custom_id: "one", result: { type: "succeeded", message } })}\n`], {
      headers: { "content-type": "application/x-jsonl" },
    }),
  );
  const client = new Anthropic({ apiKey, baseURL: provider.url, fetch, maxRetries: 0 });
  await readAll(await client.messages.batches.results(id));
};

/** `@anthropic-ai/vertex-sdk` */
export const anthropicVertex =
  (way: Way): Ask =>
  async (provider, fetch, question) => {
    const client = new AnthropicVertex({
      projectId: "p",
      region: question.location ?? "global",
      authClient,
      baseURL: `${provider.url}/v1`,
      fetch,
      maxRetries: 0,
    });
    await askMessages(client, provider, question, way);
  };

/** The AI SDK with `@ai-sdk/anthropic`. */
export const aiAnthropic =
  (way: Way): Ask =>
  async (provider, fetch, question) => {
    provider.replyWith(
      way === "plain" ? plainly(question, answers.anthropicMessage(question)) : anthropicStream(question),
    );
    await askAi(createAnthropic({ apiKey, baseURL: `${provider.url}/v1`, fetch })(question.model), way);
  };

/** The AI SDK with `@ai-sdk/amazon-bedrock`: Claude by InvokeModel. */
export const aiBedrockInvoke =
  (way: Way): Ask =>
  async (provider, fetch, question) => {
    const stream = () =>
      pieces(answers.anthropicEvents(question).map(invokeMessage), { headers: { ...AWS_STREAM, ...named(question) } });
    provider.replyWith(way === "plain" ? plainly(question, answers.anthropicMessage(question)) : stream());
    const bedrock = createBedrockAnthropic({ region: "us-east-1", apiKey, baseURL: provider.url, fetch });
    await askAi(bedrock(question.model), way);
  };

/** The AI SDK with `@ai-sdk/amazon-bedrock`: Converse. */
export const aiBedrockConverse =
  (way: Way): Ask =>
  async (provider, fetch, question) => {
    const events = answers.converseEvents(question).map(([type, event]) => converseMessage(type, event));
    const stream = () => pieces(events, { headers: { ...AWS_STREAM, ...named(question) } });
    provider.replyWith(way === "plain" ? plainly(question, answers.converseAnswer(question)) : stream());
    const keys = { accessKeyId: "AKIATEST", secretAccessKey: "secret" };
    const bedrock = createAmazonBedrock({ region: "us-east-1", ...keys, baseURL: provider.url, fetch });
    await askAi(bedrock(question.model), way);
  };

const openaiClient = (provider: Provider, fetch: Fetch) =>
  new OpenAI({ apiKey, baseURL: `${provider.url}/v1`, fetch, maxRetries: 0 });
const chatReply = (question: Question, way: Way) =>
  way === "plain"
    ? plainly(question, answers.chatCompletion(question))
    : sse(answers.chatChunks(question), { headers: named(question) });
const responseReply = (question: Question, way: Way) =>
  way === "plain"
    ? plainly(question, answers.modelResponse(question))
    : sse(answers.responseEvents(question), { headers: named(question) });

/** `openai`, chat completions. */
export const openaiChat =
  (way: Way): Ask =>
  async (provider, fetch, question) => {
    provider.replyWith(chatReply(question, way));
    const { completions } = openaiClient(provider, fetch).chat;
    const body = { model: question.model, messages };
    if (way === "plain") await completions.create(body);
    else await readAll(await completions.create({ ...body, stream: true, stream_options: { include_usage: true } }));
  };

/** `openai`, responses. */
export const openaiResponses =
  (way: Way): Ask =>
  async (provider, fetch, question) => {
    provider.replyWith(responseReply(question, way));
    const { responses } = openaiClient(provider, fetch);
    const body = { model: question.model, input: prompt };
    if (way === "plain") await responses.create(body);
    else await readAll(await responses.create({ ...body, stream: true }));
  };

/** The AI SDK with `@ai-sdk/openai`, chat completions. */
export const aiOpenaiChat =
  (way: Way): Ask =>
  async (provider, fetch, question) => {
    provider.replyWith(chatReply(question, way));
    await askAi(createOpenAI({ apiKey, baseURL: `${provider.url}/v1`, fetch }).chat(question.model), way);
  };

/** The AI SDK with `@ai-sdk/openai`, responses. */
export const aiOpenaiResponses =
  (way: Way): Ask =>
  async (provider, fetch, question) => {
    provider.replyWith(responseReply(question, way));
    await askAi(createOpenAI({ apiKey, baseURL: `${provider.url}/v1`, fetch }).responses(question.model), way);
  };

/** `@google/genai` */
export const googleGenai =
  (way: Way): Ask =>
  async (provider, fetch, question) => {
    const chunks = () => sse(answers.geminiChunks(question), { headers: named(question) });
    provider.replyWith(way === "plain" ? plainly(question, answers.geminiAnswer(question)) : chunks());
    const { models } = new GoogleGenAI({ apiKey, httpOptions: { baseUrl: provider.url, fetch } });
    const body = { model: question.model, contents: prompt };
    if (way === "plain") await models.generateContent(body);
    else await readAll(await models.generateContentStream(body));
  };
