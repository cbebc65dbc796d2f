/** A provider in a process of its own, so that its work is not in the figures: prints its address, answers until it is killed. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const usage = {
  input_tokens: 2_095,
  cache_creation_input_tokens: 120,
  cache_read_input_tokens: 4_000,
  cache_creation: { ephemeral_5m_input_tokens: 100, ephemeral_1h_input_tokens: 20 },
  output_tokens: 503,
  service_tier: "standard",
};
const message = { id: "msg_1", type: "message", role: "assistant", model: "claude-sonnet-5", stop_reason: "end_turn" };
const answer = JSON.stringify({ ...message, content: [{ type: "text", text: "word ".repeat(400) }], usage });
const event = (type: string, rest: object) => `event: ${type}\ndata: ${JSON.stringify({ type, ...rest })}\n\n`;
const delta = event("content_block_delta", { index: 0, delta: { type: "text_delta", text: "a few words " } });

let count = 0;
const server = createServer((request, response) => {
  let isStreamed = false;
  request.on("data", (data: Buffer) => {
    isStreamed ||= data.includes('"stream":true');
  });
  request.on("end", () => {
    response.setHeader("request-id", `req_${++count}`);
    response.setHeader("content-type", isStreamed ? "text/event-stream" : "application/json");
    if (!isStreamed) return void response.end(answer);
    response.write(event("message_start", { message: { ...message, content: [], usage } }));
    setImmediate(() => {
      for (let index = 0; index < 40; index++) response.write(delta);
      response.end(event("message_delta", { delta: { stop_reason: "end_turn" }, usage }) + event("message_stop", {}));
    });
  });
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
