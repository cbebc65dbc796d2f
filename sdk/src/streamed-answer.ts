import { type Answer, asObject, asSpeed, asText, asUsage, servingModel } from "./answer.js";

type JsonObject = Readonly<Record<string, unknown>>;

/** What may be of use in an event besides content: cheaper to look for than to parse every event. */
const MATTERS =
  /"usage"\s*:\s*\{|"(?:usageMetadata|error)"|"(?:stop_reason|finish_reason|finishReason|stopReason)"\s*:\s*"|"message_stop"|"response\.(?:completed|incomplete|failed)"/;

/**
 * Gathers what the events of a stream say of the answer, whichever API they are of. Usage is replaced, never added up:
 * Anthropic's deltas are cumulative and leave out what did not change, the others send the whole object last.
 */
export class StreamedAnswer {
  readonly answer: Answer = { isComplete: false };
  /** A token of the content has come. */
  hasContent = false;
  /** The last event that says anything has come. */
  isOver = false;
  #hasFinalUsage = false;

  /** @param data of a server-sent event. */
  readData(data: string): void {
    if (data.startsWith("[DONE]")) this.isOver = true;
    else if (!this.hasContent || MATTERS.test(data)) this.readJson(data);
  }

  readJson(json: string): void {
    let event: JsonObject | undefined;
    try {
      event = asObject(JSON.parse(json));
    } catch {
      // The client will complain of it; the rest of the stream may still tell.
    }
    if (event) this.readEvent(event);
  }

  readEvent(event: JsonObject): void {
    const type = asText(event.type);
    if (type === "message_start") this.#readStart(asObject(event.message));
    else if (type === "message_delta") this.#readDelta(event);
    else if (type === "message_stop") this.#readStop(event);
    else if (type?.startsWith("content_block_")) this.hasContent = true;
    else if (type?.startsWith("response.")) this.#readResponse(type, asObject(event.response));
    else if (event.error != null || type === "error") this.#readError(event);
    else if (Array.isArray(event.choices)) this.#readChunk(event, asObject(event.choices[0]));
    else if (event.usageMetadata !== undefined || event.candidates !== undefined) this.#readGemini(event);
    else this.#readConverse(event);
  }

  #readStart(message: JsonObject | undefined): void {
    this.answer.model = asText(message?.model);
    this.answer.usage = asUsage(message?.usage);
  }

  #readDelta(event: JsonObject): void {
    const usage = asObject(event.usage);
    const stopReason = asText(asObject(event.delta)?.stop_reason);
    this.answer.stopReason = stopReason ?? this.answer.stopReason;
    if (usage) {
      const told = Object.entries(usage).filter(([, value]) => value !== null);
      this.answer.usage = asUsage({ ...this.answer.usage, ...Object.fromEntries(told) });
      this.answer.model = servingModel(this.answer.usage) ?? this.answer.model;
      this.#hasFinalUsage = this.answer.usage !== undefined;
    }
    this.answer.isComplete = this.#hasFinalUsage && this.answer.stopReason !== undefined;
  }

  #readStop(event: JsonObject): void {
    this.isOver = true;
    this.answer.isComplete = this.#hasFinalUsage;
    this.#readMetrics(event);
  }

  #readResponse(type: string, response: JsonObject | undefined): void {
    if (type.endsWith(".delta")) this.hasContent = true;
    if (!response) return;
    this.answer.model = asText(response.model) ?? this.answer.model;
    this.answer.serviceTier = asText(response.service_tier) ?? this.answer.serviceTier;
    this.isOver = type === "response.completed" || type === "response.incomplete" || type === "response.failed";
    if (!this.isOver) return;
    this.answer.usage = asUsage(response.usage);
    this.answer.stopReason = asText(asObject(response.incomplete_details)?.reason) ?? asText(response.status);
    this.answer.isComplete = this.answer.usage !== undefined;
  }

  #readError(event: JsonObject): void {
    const error = asObject(event.error) ?? event;
    this.answer.stopReason = asText(error.type === "error" ? error.code : error.type) ?? "error";
  }

  #readChunk(chunk: JsonObject, choice: JsonObject | undefined): void {
    this.answer.model = asText(chunk.model) ?? this.answer.model;
    this.answer.serviceTier = asText(chunk.service_tier) ?? this.answer.serviceTier;
    this.answer.stopReason = asText(choice?.finish_reason) ?? this.answer.stopReason;
    this.answer.usage = asUsage(chunk.usage) ?? this.answer.usage;
    // Some send what was used so far with every chunk: the one that ends the answer has the final count.
    this.answer.isComplete = this.answer.usage !== undefined && this.answer.stopReason !== undefined;
    const { role: _, ...content } = asObject(choice?.delta) ?? {};
    this.hasContent ||= typeof choice?.text === "string" || Object.values(content).some(Boolean);
  }

  #readGemini(chunk: JsonObject): void {
    const candidate = asObject(Array.isArray(chunk.candidates) ? chunk.candidates[0] : undefined);
    const blocked = asText(asObject(chunk.promptFeedback)?.blockReason);
    this.answer.model = asText(chunk.modelVersion) ?? this.answer.model;
    this.answer.usage = asUsage(chunk.usageMetadata) ?? this.answer.usage;
    this.answer.stopReason = asText(candidate?.finishReason) ?? blocked ?? this.answer.stopReason;
    this.answer.isComplete = this.answer.usage !== undefined && this.answer.stopReason !== undefined;
    this.hasContent ||= candidate !== undefined;
  }

  #readConverse(event: JsonObject): void {
    const usage = asUsage(event.usage);
    this.answer.stopReason = asText(event.stopReason) ?? this.answer.stopReason;
    this.hasContent ||= event.contentBlockIndex !== undefined;
    if (usage) {
      this.answer.usage = usage;
      this.answer.serviceTier = asText(asObject(event.serviceTier)?.type);
      this.answer.speed = asSpeed(asText(asObject(event.performanceConfig)?.latency));
      this.answer.isComplete = this.isOver = true;
    }
    this.#readMetrics(event);
  }

  /** What Bedrock adds to the last event of any maker's model. */
  #readMetrics(event: JsonObject): void {
    const metrics = asObject(event["amazon-bedrock-invocationMetrics"]);
    const { inputTokenCount, outputTokenCount } = metrics ?? {};
    if (typeof inputTokenCount !== "number" || typeof outputTokenCount !== "number") return;
    const { cacheReadInputTokenCount: read, cacheWriteInputTokenCount: written } = metrics ?? {};
    this.answer.counts = {
      input_tokens: inputTokenCount,
      output_tokens: outputTokenCount,
      ...(typeof read === "number" && { cache_read_tokens: read }),
      ...(typeof written === "number" && { cache_create_tokens: written }),
    };
    if (this.answer.usage === undefined) this.answer.isComplete = this.isOver = true;
  }
}
