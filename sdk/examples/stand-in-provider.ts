import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Body = { model: string; max_tokens: number; stream?: boolean; messages: { content: string }[] };
type BatchBody = { requests: { custom_id: string; params: Body }[] };

/**
 * Stands in for api.anthropic.com, so that the example needs no key: it makes up answers, and usage from the length of
 * the prompt. Every fifth message is told to slow down first, as happens with the real one.
 */
export async function startStandInProvider(): Promise<{ url: string; stop: () => void }> {
  const batches = new Map<string, BatchBody & { created_at: string }>();
  let serial = 0;
  const name = (kind: string) => `${kind}_standin_${process.pid}_${++serial}`;

  const server = createServer(async (request, response) => {
    const path = (request.url ?? "").split("?")[0] ?? "";
    const [, batchId = "", results] = /^\/v1\/messages\/batches\/([^/]+)(\/results)?$/.exec(path) ?? [];
    const batch = batches.get(batchId);
    response.setHeader("request-id", name("req"));
    response.setHeader("anthropic-ratelimit-requests-limit", "50");
    response.setHeader("anthropic-ratelimit-requests-remaining", String(50 - (serial % 50)));
    if (request.method === "POST" && path === "/v1/messages/batches") {
      const id = name("msgbatch");
      batches.set(id, { ...(await read<BatchBody>(request)), created_at: new Date().toISOString() });
      sendJson(response, 200, describeBatch(id));
    } else if (batch && results) {
      response.setHeader("content-type", "application/x-jsonl");
      for (const { custom_id, params } of batch.requests) {
        const result = { type: "succeeded", message: answer(params, name("msg"), "batch") };
        response.write(`${JSON.stringify({ custom_id, result })}\n`);
      }
      response.end();
    } else if (batch) {
      sendJson(response, 200, describeBatch(batchId));
    } else if (request.method === "POST" && path === "/v1/messages") {
      const body = await read<Body>(request);
      const isRetry = Number(request.headers["x-stainless-retry-count"]) > 0;
      if (serial % 5 === 0 && !isRetry) sendSlowDown(response);
      else if (body.stream) await sendStream(response, answer(body, name("msg"), "standard"));
      else sendJson(response, 200, answer(body, name("msg"), "standard"));
    } else {
      sendJson(response, 404, { type: "error", error: { type: "not_found_error", message: `no ${path} here` } });
    }
  });

  function describeBatch(id: string) {
    const results_url = `${url}/v1/messages/batches/${id}/results`;
    return {
      id,
      type: "message_batch",
      processing_status: "ended",
      created_at: batches.get(id)?.created_at,
      results_url,
    };
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url, stop };
}

async function read<T>(request: IncomingMessage): Promise<T> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function sendSlowDown(response: ServerResponse): void {
  response.setHeader("retry-after-ms", "50");
  sendJson(response, 429, { type: "error", error: { type: "rate_limit_error", message: "Slow down" } });
}

function answer({ model, max_tokens, messages }: Body, id: string, service_tier: string) {
  const characters = messages.reduce((sum, { content }) => sum + content.length, 0);
  const usage = {
    input_tokens: 3 + Math.ceil(characters / 4),
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 1024,
    cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
    output_tokens: Math.min(max_tokens, 10 + (characters % 40)),
    service_tier,
  };
  const content = [{ type: "text", text: "An answer that nobody wrote." }];
  return {
    id,
    type: "message",
    role: "assistant",
    model,
    content,
    stop_reason: "end_turn",
    stop_sequence: null,
    usage,
  };
}

/** A word every 20 ms, until the reader has gone. */
async function sendStream(response: ServerResponse, message: ReturnType<typeof answer>): Promise<void> {
  const { content, usage, ...rest } = message;
  const send = (event: { type: string }) => response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  const block = (type: string, more: object) => send({ type, index: 0, ...more } as { type: string });
  response.writeHead(200, { "content-type": "text/event-stream" });
  const started = { ...rest, content: [], stop_reason: null, usage: { ...usage, output_tokens: 1 } };
  send({ type: "message_start", message: started } as { type: string });
  block("content_block_start", { content_block: { type: "text", text: "" } });
  for (const word of content[0]?.text.split(/(?= )/) ?? []) {
    if (response.destroyed) return;
    block("content_block_delta", { delta: { type: "text_delta", text: word } });
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  block("content_block_stop", {});
  const { cache_creation: _, service_tier: __, ...delta } = usage;
  send({ type: "message_delta", delta: { stop_reason: "end_turn", stop_sequence: null }, usage: delta } as {
    type: string;
  });
  send({ type: "message_stop" });
  response.end();
}
