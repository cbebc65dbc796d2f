/** Answers as the providers give them, plain and streamed, with a usage object of one's choice. */

type Usage = Record<string, unknown>;
type Said = { model: string; usage: Usage; stopReason?: string; text?: string };

export const PROMPT = [{ role: "user" as const, content: "How much is the fish?" }];

export function anthropicMessage({ model, usage, stopReason = "end_turn", text = "Twelve euros." }: Said) {
  return {
    id: "msg_013Zva2CMHLNnXjNJJKqJ2EF",
    type: "message",
    role: "assistant",
    model,
    content: stopReason === "refusal" ? [] : [{ type: "text", text }],
    stop_reason: stopReason,
    stop_sequence: null,
    usage,
  };
}

/** The members of a usage object that `message_delta` has too; the split of writes, tier and place are told at the start alone. */
const IN_DELTA = [
  "input_tokens",
  "cache_creation_input_tokens",
  "cache_read_input_tokens",
  "output_tokens",
  "output_tokens_details",
  "server_tool_use",
  "iterations",
];

export function anthropicEvents({ model, usage, stopReason = "end_turn", text = "Twelve euros." }: Said): object[] {
  const { output_tokens, server_tool_use: _, iterations: __, ...start } = usage;
  const delta = Object.fromEntries(
    Object.entries({ server_tool_use: null, ...usage }).filter(([name]) => IN_DELTA.includes(name)),
  );
  const message = { ...anthropicMessage({ model, usage: {} }), content: [], stop_reason: null };
  const content = [
    { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
    ...(text.match(/.{1,4}/gsu) ?? []).map((part) => ({
      type: "content_block_delta",
      index: 0,
      delta: { type: "text_delta", text: part },
    })),
    { type: "content_block_stop", index: 0 },
  ];
  return [
    {
      type: "message_start",
      message: { ...message, usage: { ...start, output_tokens: Math.min(1, Number(output_tokens)) } },
    },
    { type: "ping" },
    ...(stopReason === "refusal" ? [] : content),
    { type: "message_delta", delta: { stop_reason: stopReason, stop_sequence: null }, usage: delta },
    { type: "message_stop" },
  ];
}

export function chatCompletion({ model, usage, stopReason = "stop", text = "Twelve euros." }: Said) {
  return {
    id: "chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT",
    object: "chat.completion",
    created: 1_741_569_952,
    model,
    choices: [
      {
        index: 0,
        message: { role: "assistant", content: text, refusal: null },
        logprobs: null,
        finish_reason: stopReason,
      },
    ],
    usage,
    service_tier: "default",
  };
}

export function chatChunks({ model, usage, stopReason = "stop", text = "Twelve euros." }: Said): (object | string)[] {
  const chunk = (delta: object, finish_reason: string | null) => ({
    id: "chatcmpl-123",
    object: "chat.completion.chunk",
    created: 1_694_268_190,
    model,
    service_tier: "default",
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
    usage: null,
  });
  return [
    chunk({ role: "assistant", content: "" }, null),
    ...(text.match(/.{1,4}/gsu) ?? []).map((content) => chunk({ content }, null)),
    chunk({}, stopReason),
    { ...chunk({}, null), choices: [], usage },
    "data: [DONE]\n\n",
  ];
}

export function modelResponse({ model, usage, stopReason = "completed", text = "Twelve euros." }: Said) {
  return {
    id: "resp_67ccd2bed1ec8190b14f964abc0542670bb6a6b452d3795b",
    object: "response",
    created_at: 1_741_476_542,
    status: stopReason,
    error: null,
    incomplete_details: null,
    instructions: null,
    model,
    output: [
      {
        type: "message",
        id: "msg_67ccd2bf17f0819081ff3bb2cf6508e60bb6a6b452d3795b",
        status: "completed",
        role: "assistant",
        content: [{ type: "output_text", text, annotations: [] }],
      },
    ],
    parallel_tool_calls: true,
    service_tier: "default",
    tool_choice: "auto",
    tools: [],
    usage,
  };
}

export function responseEvents(said: Said): object[] {
  const whole = modelResponse(said);
  const item_id = "msg_67c9fdcf37fc8190ba82116e33fb28c507b8b0ad4e5eb654";
  const at = { item_id, output_index: 0, content_index: 0 };
  const parts = (said.text ?? "Twelve euros.").match(/.{1,4}/gsu) ?? [];
  const begun = { ...whole, status: "in_progress", output: [], usage: null };
  const events = [
    { type: "response.created", response: begun },
    {
      type: "response.output_item.added",
      output_index: 0,
      item: { id: item_id, type: "message", status: "in_progress", role: "assistant", content: [] },
    },
    { type: "response.content_part.added", ...at, part: { type: "output_text", text: "", annotations: [] } },
    ...parts.map((delta) => ({ type: "response.output_text.delta", ...at, delta })),
    { type: "response.output_text.done", ...at, text: said.text ?? "Twelve euros." },
    { type: "response.output_item.done", output_index: 0, item: whole.output[0] },
    { type: "response.completed", response: whole },
  ];
  return events.map((event, sequence_number) => ({ ...event, sequence_number }));
}

export function geminiAnswer({ model, usage, stopReason = "STOP", text = "Twelve euros." }: Said) {
  return {
    candidates: [{ content: { parts: [{ text }], role: "model" }, finishReason: stopReason, index: 0 }],
    usageMetadata: usage,
    modelVersion: model,
    responseId: "mAitaLmkHPPlz7IPvtfUqQ4",
  };
}

/** Each chunk tells what was used so far; the last one is final. */
export function geminiChunks({ usage, ...said }: Said): object[] {
  const soFar = { promptTokenCount: usage.promptTokenCount, candidatesTokenCount: 1, totalTokenCount: 1 };
  const { candidates, ...chunk } = geminiAnswer({ ...said, usage: soFar });
  const [{ finishReason: _, ...unfinished }] = candidates as [(typeof candidates)[number]];
  return [{ ...chunk, candidates: [unfinished] }, geminiAnswer({ ...said, usage })];
}

export function converseAnswer({ usage, stopReason = "end_turn", text = "Twelve euros." }: Said) {
  return {
    metrics: { latencyMs: 1275 },
    output: { message: { content: [{ text }], role: "assistant" } },
    stopReason,
    usage,
  };
}

/** The messages of ConverseStream, by event type. */
export function converseEvents({ usage, stopReason = "end_turn", text = "Twelve euros." }: Said): [string, object][] {
  return [
    ["messageStart", { role: "assistant" }],
    ["contentBlockDelta", { contentBlockIndex: 0, delta: { text } }],
    ["contentBlockStop", { contentBlockIndex: 0 }],
    ["messageStop", { stopReason }],
    ["metadata", { metrics: { latencyMs: 1275 }, usage }],
  ];
}
