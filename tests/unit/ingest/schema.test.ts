import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { callSchema } from "@/lib/ingest/schema";
import { buildCall } from "@/tests/support/calls";

const errorsOf = (fields: Record<string, unknown>) =>
  callSchema.safeParse(buildCall(fields)).error?.issues.map(({ path, message }) => `${path.join(".")} ${message}`) ??
  [];
const timeOf = (text: string) => callSchema.safeParse(buildCall({ occurred_at: text })).data?.occurred_at;

describe("callSchema", () => {
  it("reads the same moment in any zone, to the millisecond", () => {
    const moment = fc.date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(moment, fc.integer({ min: -14 * 60, max: 14 * 60 }), (at, offset) => {
        const wall = new Date(at.getTime() + offset * 60_000).toISOString().slice(0, -1);
        const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
        const zone = `${offset < 0 ? "-" : "+"}${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
        expect(timeOf(`${wall}${zone}`)).toEqual(at);
      }),
    );
    expect(timeOf("2026-11-20t12:00:00.1239z")).toEqual(new Date("2026-11-20T12:00:00.123Z"));
  });

  it("refuses times that RFC 3339 does not know", () => {
    const texts = [
      "2026-11-20",
      "2026-11-20T12:00Z",
      "2026-11-20T24:00:00Z",
      "2026-11-20T23:59:60Z",
      "2026-13-01T00:00:00Z",
    ];
    const more = [
      "2026-00-10T00:00:00Z",
      "2026-04-31T00:00:00Z",
      "2025-02-29T00:00:00Z",
      "+012026-01-01T00:00:00Z",
      "now",
      "",
    ];
    for (const text of [...texts, ...more]) expect([text, timeOf(text)]).toEqual([text, undefined]);
    expect(timeOf("2024-02-29T00:00:00Z")).toEqual(new Date("2024-02-29T00:00:00Z"));
  });

  it("counts length in characters, however they are encoded", () => {
    for (const character of ["x", "ü", "漢", "😀"]) {
      expect(errorsOf({ tenant_id: character.repeat(128), deploy_sha: character.repeat(64) })).toEqual([]);
      expect(errorsOf({ tenant_id: character.repeat(129), deploy_sha: character.repeat(65) })).toEqual([
        "tenant_id must be text of 1 to 128 characters",
        "deploy_sha must be text of 1 to 64 characters",
      ]);
    }
  });

  it("takes null for a field that may be absent, and names every broken field at once", () => {
    expect(errorsOf({ deploy_sha: null, usage: null, input_tokens: null, user_id: null, attempt: null })).toEqual([]);
    expect(errorsOf({ request_id: null, feature: undefined, attempt: 1.5, ttft_ms: "7" })).toEqual([
      "request_id must be text of 1 to 128 characters",
      "feature is required",
      "attempt must be an integer from 1 to 32767",
      "ttft_ms must be an integer from 0 to 2147483647",
    ]);
  });
});
