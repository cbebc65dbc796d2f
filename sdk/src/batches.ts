import { readAnswer } from "./answer.js";
import type { Call, Recorder } from "./call.js";
import { JsonFields } from "./json-fields.js";
import { observeBody } from "./observe-body.js";

const MAX_BATCHES = 1_000;
const LF = 0x0a;
/** All the time that the results of one batch may be held back when the server is slow or away. */
const MAX_WAIT_MS = 30_000;
const WAIT_STEP_MS = 20;

/**
 * When batches were made. The results of a batch carry no time, yet a call is known by its time too: that of its batch
 * makes reading the results again count nothing twice.
 */
class BatchTimes {
  readonly #times = new Map<string, string>();

  /** @param values `id` and `created_at` of a batch object. */
  remember(values: ReadonlyMap<string, unknown>): void {
    const [id, time] = [values.get("id"), Date.parse(String(values.get("created_at")))];
    if (typeof id === "string" && Number.isFinite(time)) this.#set(id, new Date(time).toISOString());
  }

  /** Official clients look at the batch before they read its results; for others the first reading has to do. */
  timeOf(id: string, now: number): string {
    const time = this.#times.get(id) ?? new Date(now).toISOString();
    this.#set(id, time);
    return time;
  }

  #set(id: string, time: string): void {
    this.#times.set(id, time);
    for (const oldest of this.#times.keys()) {
      if (this.#times.size <= MAX_BATCHES) break;
      this.#times.delete(oldest);
    }
  }
}

const BATCH_FIELDS = new Set(["id", "created_at"]);

const PREFIX = "result.message.";
const RESULT_FIELDS = new Set(["result.type", ...["id", "model", "usage", "stop_reason"].map((name) => PREFIX + name)]);

/** Reads batch objects and the results of batches as they pass, and keeps in mind when each batch was made. */
export class BatchReader {
  readonly #times = new BatchTimes();

  /** @returns the answer to hand to the host: a batch object, of which id and time are remembered. */
  readBatch(response: Response): Response {
    const fields = new JsonFields(BATCH_FIELDS);
    return observeBody(response, {
      chunk: (bytes) => fields.push(bytes),
      end: () => this.#times.remember(fields.take().values),
    });
  }

  /**
   * Records each result that succeeded, the only ones that used anything, while its line goes by. Of the 100,000 that a
   * batch may have, more would come than the queue holds: the host then reads no faster than calls are sent.
   * @param context fields that all calls share.
   * @returns the answer to hand to the host: results, a JSON object a line.
   */
  readResults(response: Response, batchId: string, recorder: Recorder, context: Partial<Call>): Response {
    const occurred_at = this.#times.timeOf(batchId, recorder.now());
    const results = new BatchResults((call) =>
      recorder.record({ ...context, ...call, occurred_at, service_tier: "batch" }),
    );
    const patience = { ms: MAX_WAIT_MS };
    return observeBody(response, {
      chunk(bytes) {
        results.push(bytes);
        return recorder.isBehind() ? catchUp(recorder, patience) : undefined;
      },
      end() {
        patience.ms = 0;
        results.end();
      },
    });
  }
}

/** Waits until calls were sent, for as long as there is patience left. */
async function catchUp(recorder: Recorder, patience: { ms: number }): Promise<void> {
  while (recorder.isBehind() && patience.ms > 0) {
    await new Promise((resolve) => setTimeout(resolve, WAIT_STEP_MS));
    patience.ms -= WAIT_STEP_MS;
  }
}

class BatchResults {
  readonly #fields = new JsonFields(RESULT_FIELDS);
  readonly #onResult: (call: Partial<Call>) => void;

  constructor(onResult: (call: Partial<Call>) => void) {
    this.#onResult = onResult;
  }

  push(bytes: Uint8Array): void {
    let start = 0;
    for (let end = bytes.indexOf(LF); end !== -1; end = bytes.indexOf(LF, start)) {
      this.#fields.push(bytes.subarray(start, end));
      this.end();
      start = end + 1;
    }
    this.#fields.push(bytes.subarray(start));
  }

  /** The last line may lack its line break. */
  end(): void {
    const { values, isWhole } = this.#fields.take();
    const id = values.get(`${PREFIX}id`);
    if (!isWhole || values.get("result.type") !== "succeeded" || typeof id !== "string") return;
    const message = [...values].map(([path, value]) => [path.slice(PREFIX.length), value] as const);
    const { model, usage, stopReason } = readAnswer(new Map(message), true);
    const told = usage ? { usage } : { incomplete: true };
    this.#onResult({ request_id: id, model: model ?? "unknown", stop_reason: stopReason, ...told });
  }
}
