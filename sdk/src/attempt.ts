import type { Answer } from "./answer.js";
import { createAnswerReader } from "./answer-reader.js";
import { readBedrockHeaders } from "./bedrock-headers.js";
import type { Call, Recorder } from "./call.js";
import { contextFields } from "./context.js";
import type { Endpoint } from "./endpoint.js";
import { describeFailure } from "./failed-attempt.js";
import { observeBody } from "./observe-body.js";
import type { OutgoingRequest } from "./outgoing-request.js";
import { readRateLimits } from "./rate-limits.js";
import { type RequestFacts, readRequestBody, sizeOf } from "./request-body.js";
import { requestIdOf } from "./request-id.js";

const MAX_WORD = 64;

/** One HTTP attempt of a call, from the moment its request leaves; recorded once, whatever becomes of it. */
export class Attempt {
  readonly #recorder: Recorder;
  readonly #endpoint: Endpoint;
  readonly #startedAt: number;
  readonly #fields: Partial<Call>;
  readonly #signal: AbortSignal | null;
  readonly #sentIds: readonly string[];
  #body: unknown;
  #isRecorded = false;

  constructor(recorder: Recorder, endpoint: Endpoint, request: OutgoingRequest) {
    this.#recorder = recorder;
    this.#endpoint = endpoint;
    this.#startedAt = recorder.now();
    this.#signal = request.signal;
    this.#sentIds = request.requestIds;
    this.#body = request.body;
    this.#fields = {
      ...contextFields({ ...recorder.context(), ...request.context }),
      occurred_at: new Date(this.#startedAt).toISOString(),
      platform: endpoint.platform,
      location: endpoint.location,
      attempt: request.attempt,
    };
  }

  /** No answer came. */
  fail(error: unknown): void {
    this.#record({ ...describeFailure(error, this.#signal), latency_ms: this.#elapsed() }, {}, null);
  }

  /** @returns the answer to hand to the host, whose body is seen going by. */
  answer(response: Response): Response {
    const { status, ok, headers } = response;
    // Neither an answer nor an error: a redirect that is left to the host, or a cache's word that nothing changed.
    if (!ok && status < 400) return response;
    const fields: Partial<Call> = { status_code: status, latency_ms: this.#elapsed() };
    if (!ok) {
      this.#record(fields, {}, headers);
      return response;
    }
    const reader = createAnswerReader(headers.get("content-type") ?? "");
    const end = () => {
      const { counts, ...answer } = { ...readBedrockHeaders(headers), ...withoutAbsent(reader.end()) };
      const told = answer.usage ? { usage: answer.usage } : counts;
      const isKnown = answer.isComplete || (counts !== undefined && answer.usage === undefined);
      this.#record({ ...fields, ...told, ...(isKnown ? {} : { incomplete: true }) }, answer, headers);
    };
    return observeBody(response, {
      chunk: (bytes) => {
        reader.push(bytes);
        fields.latency_ms = this.#elapsed();
        if (reader.hasContent) fields.ttft_ms ??= fields.latency_ms;
        if (reader.isOver) end();
      },
      end,
    });
  }

  #elapsed(): number {
    return Math.max(0, Math.round(this.#recorder.now() - this.#startedAt));
  }

  /** Reading and hashing the prompt waits until the host has gone on; a call is recorded without it when too many wait. */
  #record(fields: Partial<Call>, answer: Partial<Answer>, headers: Headers | null): void {
    if (this.#isRecorded) return;
    this.#isRecorded = true;
    const body = this.#body;
    this.#body = null;
    const report = ({ model: asked, ...request }: RequestFacts) => {
      const { isModelExact, model: addressed } = this.#endpoint;
      const model = (isModelExact && addressed) || answer.model || asked || addressed || "unknown";
      const limits = headers && readRateLimits(headers);
      if (limits) this.#recorder.rateLimits(model, limits);
      this.#recorder.record({
        ...this.#fields,
        ...request,
        ...fields,
        request_id: headers ? requestIdOf(headers, this.#sentIds) : undefined,
        model,
        stop_reason: answer.stopReason?.slice(0, MAX_WORD),
        service_tier: answer.serviceTier?.slice(0, MAX_WORD),
        speed: answer.speed,
      });
    };
    const isTaken = this.#recorder.defer(async (breathe) => {
      report(await readRequestBody(body, (text) => this.#recorder.sha256(text), breathe));
    }, sizeOf(body));
    if (!isTaken) report({});
  }
}

function withoutAbsent(answer: Answer): Answer {
  return Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== undefined)) as Answer;
}
