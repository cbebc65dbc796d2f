import { listen } from "@/tests/support/otlp-receiver";

/** 2,048 fresh, 148 written for 5 min, 100 for 1 h, 1,800 read, 503 out: 25,640 micro-dollars on claude-opus-5. */
export const USAGE = {
  input_tokens: 2048,
  cache_creation_input_tokens: 248,
  cache_read_input_tokens: 1800,
  cache_creation: { ephemeral_5m_input_tokens: 148, ephemeral_1h_input_tokens: 100 },
  output_tokens: 503,
  service_tier: "standard",
};

const MODEL = "claude-opus-5";

/** A server that answers POST /v1/messages as Anthropic does: JSON, a stream, or 429 when the prompt is "too much". */
export async function startMessagesServer() {
  let serial = 0;
  return listen((request, response) => {
    let body = "";
    request.on("data", (data) => {
      body += data;
    });
    request.on("end", () => {
      serial += 1;
      const id = `msg_test_${serial}`;
      if (body.includes("too much")) {
        const error = { type: "error", error: { type: "rate_limit_error", message: "Slow down" } };
        response.writeHead(429, { "content-type": "application/json" }).end(JSON.stringify(error));
      } else if (JSON.parse(body).stream === true) {
        response.writeHead(200, { "content-type": "text/event-stream" });
        for (const event of streamOf(id)) response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
        response.end();
      } else {
        response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(messageOf(id)));
      }
    });
  });
}

function messageOf(id: string) {
  const content = [{ type: "text", text: "Hello" }];
  return {
    id,
    type: "message",
    role: "assistant",
    model: MODEL,
    content,
    stop_reason: "end_turn",
    stop_sequence: null,
    usage: USAGE,
  };
}

function streamOf(id: string) {
  const started = { ...messageOf(id), content: [], stop_reason: null, usage: { ...USAGE, output_tokens: 1 } };
  const { cache_creation: _split, service_tier: _tier, ...delta } = USAGE;
  return [
    { type: "message_start", message: started },
    { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
    { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "Hello" } },
    { type: "content_block_stop", index: 0 },
    { type: "message_delta", delta: { stop_reason: "end_turn", stop_sequence: null }, usage: delta },
    { type: "message_stop" },
  ];
}
