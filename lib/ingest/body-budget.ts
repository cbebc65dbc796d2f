import { busy } from "@/lib/http";

/** Bytes of bodies that this process holds at once, packed and unpacked; what is made of them takes some times as much. */
const MAX_BYTES = 32_000_000;

declare global {
  var spendtraceBodyBytes: { held: number } | undefined;
}

globalThis.spendtraceBodyBytes ??= { held: 0 };
const total = globalThis.spendtraceBodyBytes;

/** Counts the bytes of one request against what all of them may hold together, until `release`. */
export class BodyBudget {
  #held = 0;

  /** @throws HttpProblem 429 when the requests under way hold too much already. */
  reserve(bytes: number): void {
    if (total.held + bytes > MAX_BYTES) throw busy(429, "Too many bytes are being taken in; nothing was stored.", 1);
    total.held += bytes;
    this.#held += bytes;
  }

  release(): void {
    total.held -= this.#held;
    this.#held = 0;
  }
}
