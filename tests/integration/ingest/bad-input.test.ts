import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type CallsApi, createCallsApi } from "@/tests/support/api";
import { anthropicUsage, buildCall, type CallBody } from "@/tests/support/calls";

const NOW = "2026-11-21T12:00:00.000Z";
const COUNT = "must be an integer from 0 to 1000000000";
const TEXT_128 = "must be text of 1 to 128 characters";
const UNSTORABLE = "must not contain NUL or an unpaired surrogate";
const TIME = "must be an RFC 3339 time with a zone, such as 2026-11-20T12:00:00Z or 2026-11-20T21:00:00+09:00";
const FUTURE = `must not be more than 5 minutes ahead of the server, whose time is ${NOW}`;
const PAST = "must not be before 2024-10-21T12:00:00.000Z: older calls are out of retention";
const TWICE = "occurs more than once in its object";

const usage = (fields: Record<string, unknown>) => ({
  usage: { ...anthropicUsage({ input: 10, output: 1 }), ...fields },
});

/** What is wrong with a call → the field and the rule that the answer must name. */
const BROKEN: Record<string, [Record<string, unknown>, string, string]> = {
  "a negative count": [usage({ input_tokens: -1 }), "usage.input_tokens", `${COUNT}, got -1`],
  "a fractional count": [usage({ output_tokens: 1.5 }), "usage.output_tokens", `${COUNT}, got 1.5`],
  "a count as text": [usage({ input_tokens: "12" }), "usage.input_tokens", `${COUNT}, got "12"`],
  "2^53 + 1 as a plain count": [
    { usage: undefined, input_tokens: 2 ** 53 },
    "input_tokens",
    "must be an integer from 0 to 1000000000",
  ],
  "a negative plain count": [{ usage: undefined, input_tokens: -5, output_tokens: 1 }, "input_tokens", COUNT],
  "no usage at all": [
    { usage: undefined },
    "usage",
    "is required unless token counts (input_tokens, output_tokens, …) are given",
  ],
  "a usage that is no object": [{ usage: [1] }, "usage", "must be the usage object of the provider's response"],
  "NUL in a tenant": [{ tenant_id: "a\0b" }, "tenant_id", UNSTORABLE],
  "half a surrogate pair": [{ feature: "\ud83d" }, "feature", UNSTORABLE],
  "half a pair inside usage": [usage({ service_tier: "\ude00" }), "usage.service_tier", UNSTORABLE],
  "an id of 5 KB": [{ request_id: "x".repeat(5_000) }, "request_id", TEXT_128],
  "129 characters": [{ user_id: "ü".repeat(129) }, "user_id", TEXT_128],
  "an empty tenant": [{ tenant_id: "" }, "tenant_id", TEXT_128],
  "no tenant": [{ tenant_id: undefined }, "tenant_id", "is required"],
  "a tenant that is a number": [{ tenant_id: 7 }, "tenant_id", TEXT_128],
  "the year 9999": [{ occurred_at: "9999-12-31T23:59:59Z" }, "occurred_at", FUTURE],
  "six minutes ahead": [{ occurred_at: "2026-11-21T12:06:00Z" }, "occurred_at", FUTURE],
  "before retention": [{ occurred_at: "2024-10-21T11:59:59Z" }, "occurred_at", PAST],
  "a time without a zone": [{ occurred_at: "2026-11-20T12:00:00" }, "occurred_at", TIME],
  "a date that does not exist": [{ occurred_at: "2026-02-30T12:00:00Z" }, "occurred_at", TIME],
  "a zone beyond +14:00": [{ occurred_at: "2026-11-20T12:00:00+14:01" }, "occurred_at", TIME],
  "seconds since 1970": [{ occurred_at: 1_795_176_000 }, "occurred_at", "must be an RFC 3339 time with a zone"],
  infinity: [{ occurred_at: "infinity" }, "occurred_at", TIME],
  "a hash in upper case": [
    { prompt_hash: "ABCDEF0123456789" },
    "prompt_hash",
    "must be 16 to 64 lower-case hexadecimal digits",
  ],
  "a short hash": [{ prefix_hash: "abc" }, "prefix_hash", "must be 16 to 64 lower-case hexadecimal digits"],
  "attempt 0": [{ attempt: 0 }, "attempt", "must be an integer from 1 to 32767"],
  "a status that is none": [{ status_code: 1000 }, "status_code", "must be an integer from 100 to 599"],
  "negative latency": [{ latency_ms: -1 }, "latency_ms", "must be an integer from 0 to 2147483647"],
  "a negative cost": [{ cost_usd_micros: -0.5 }, "cost_usd_micros", "must be from 0 to 9000000000 micro-dollars"],
};

describe("POST /api/v1/calls with bad input", () => {
  let api: CallsApi;
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date(NOW) });
    api = await createCallsApi();
  });
  afterAll(() => {
    vi.useRealTimers();
  });

  const isStored = async ({ request_id }: CallBody) =>
    (await api.list(`from=2024-01-01&to=2027-01-01&filter.request=${request_id}`)).body.calls.length === 1;

  it.each(Object.entries(BROKEN))("refuses %s by field and rule, and stores the neighbours", async (_name, broken) => {
    const [fields, path, message] = broken;
    const [before, bad, after] = [buildCall(), buildCall(fields), buildCall()];
    const { status, body } = await api.post({ calls: [before, bad, after] });
    expect({ status, ...body }).toMatchObject({ status: 200, accepted: 2, duplicates: 0, conflicts: [] });
    expect(body.rejected).toEqual([
      { index: 1, request_id: bad.request_id?.slice(0, 128), errors: [{ path, message }] },
    ]);
    expect([await isStored(before), await isStored(after)]).toEqual([true, true]);
  });

  it.each([
    ["9007199254740993", "usage.input_tokens", `${COUNT}, got 9007199254740992`],
    ["1e400", "usage.input_tokens", `${COUNT}, got Infinity`],
    ["-0.0000001", "usage.input_tokens", `${COUNT}, got -1e-7`],
  ])("refuses the count %s as written in JSON", async (literal, path, message) => {
    const text = JSON.stringify(buildCall(usage({ input_tokens: "COUNT" }))).replace('"COUNT"', literal);
    const { status, body } = await api.post(`[${text},${JSON.stringify(buildCall())}]`);
    expect([status, body.accepted, body.rejected[0]?.errors]).toEqual([200, 1, [{ path, message }]]);
  });

  it("refuses a call that has a key twice, wherever it is, and takes the one beside it", async () => {
    const [first, second] = [JSON.stringify(buildCall()), JSON.stringify(buildCall())];
    const twice = first.replace('"output_tokens":', '"output_tokens":7,"output_tokens":');
    for (const [body, type] of [
      [`{"calls":[${twice},${second}]}`, "application/json"],
      [`${twice}\n${JSON.stringify(buildCall())}`, "application/x-ndjson"],
    ] as const) {
      const answer = await api.post(body, { "content-type": type });
      expect([answer.status, answer.body.accepted]).toEqual([200, 1]);
      expect(answer.body.rejected).toMatchObject([
        { index: 0, errors: [{ path: "usage.output_tokens", message: TWICE }] },
      ]);
    }
    expect((await api.post(`{"calls":[],"calls":[${second}]}`)).status).toBe(400);
  });

  it("answers 422 with the same body when no call was accepted or known", async () => {
    const { status, body } = await api.post([buildCall({ tenant_id: "" }), 5, null, "x"]);
    expect([status, body.accepted, body.rejected.length]).toEqual([422, 0, 4]);
    expect(body.rejected[1]).toEqual({
      index: 1,
      request_id: null,
      errors: [{ path: "", message: "must be an object with the fields of a call" }],
    });
  });

  it.each([
    ["no JSON", "{calls", {}],
    ["NaN", '{"calls":[{"input_tokens":NaN}]}', {}],
    ["nothing", "", {}],
    ["a bare text", '"calls"', {}],
    ["calls that are no list", '{"calls":{}}', {}],
    ["depth 100,000", `{"calls":${"[".repeat(100_000)}${"]".repeat(100_000)}}`, {}],
    ["invalid UTF-8", new Uint8Array([0x5b, 0xff, 0x5d]), {}],
    ["truncated gzip", gzipSync("[]").subarray(0, -4), { "content-encoding": "gzip" }],
    ["plain text said to be gzip", "[]", { "content-encoding": "gzip" }],
  ])("answers 400 to %s", async (_name, body, headers: Record<string, string>) => {
    const started = performance.now();
    const answer = await api.post(body, headers);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([400, "application/problem+json"]);
    expect(answer.body).toMatchObject({ title: "Unreadable body", status: 400 });
    expect(performance.now() - started).toBeLessThan(500);
  });

  it("answers 413 to 11 MB, packed or not, to a gzip bomb and to more than 5,000 calls, and says what fits", async () => {
    const large = Buffer.from(`[${JSON.stringify(buildCall({ padding: "x".repeat(11_000_000) }))}]`);
    const bomb = gzipSync(Buffer.alloc(300_000_000, " "));
    for (const [body, headers] of [
      [large, {}],
      [gzipSync(large), { "content-encoding": "gzip" }],
      [bomb, { "content-encoding": "gzip" }],
    ] as const) {
      const answer = await api.post(body, headers);
      expect([answer.status, answer.body]).toEqual([413, expect.objectContaining({ max_bytes: 10_000_000 })]);
    }
    const many = await api.post(Array(5_001).fill(buildCall()));
    expect([many.status, many.body]).toEqual([413, expect.objectContaining({ max_calls: 5_000 })]);
  });

  it("answers 415 to another encoding or content type", async () => {
    expect((await api.post("[]", { "content-encoding": "br" })).status).toBe(415);
    expect((await api.post("[]", { "content-type": "application/x-www-form-urlencoded" })).status).toBe(415);
  });

  it("takes an empty batch for what it is", async () => {
    const zeros = { accepted: 0, duplicates: 0, unpriced: 0, rejected: [], conflicts: [] };
    expect(await api.post({ calls: [] })).toMatchObject({ status: 200, body: zeros });
    expect(await api.post("\n\n", { "content-type": "application/x-ndjson" })).toMatchObject({
      status: 200,
      body: zeros,
    });
  });

  it("takes strange but sound input as it is", async () => {
    const calls = [
      buildCall({ tenant_id: "'; DROP TABLE llm_call; --", feature: "=HYPERLINK(1)", user_id: "\u202Eا😀" }),
      buildCall({ occurred_at: "2026-11-20T23:30:00.123999+14:00", tenant_id: "😀".repeat(128) }),
      buildCall({ session_id: null, prompt_hash: null, extra: { deep: ["\0"] } }),
    ];
    const text = JSON.stringify({ calls }).replace('"extra"', '"__proto__":{"tenant_id":"x"},"extra"');
    const { body } = await api.post(gzipSync(`\uFEFF${text}`), { "content-encoding": "gzip" });
    expect(body).toMatchObject({ accepted: 3, rejected: [] });
    const { calls: stored } = (await api.list()).body;
    expect(stored.find((call) => call.request_id === calls[0]?.request_id)).toMatchObject({
      tenant_id: "'; DROP TABLE llm_call; --",
      feature: "=HYPERLINK(1)",
      user_id: "\u202Eا😀",
    });
    expect(stored.find((call) => call.request_id === calls[1]?.request_id)).toMatchObject({
      occurred_at: "2026-11-20T09:30:00.123Z",
      tenant_id: "😀".repeat(128),
    });
  });

  it("refuses a bad line of NDJSON by its index and takes the others", async () => {
    const lines = [JSON.stringify(buildCall()), "{broken", "", `${"[".repeat(50)}`, JSON.stringify(buildCall())];
    const { status, body } = await api.post(lines.join("\r\n"), {
      "content-type": "application/x-ndjson; charset=utf-8",
    });
    expect([status, body.accepted]).toEqual([200, 2]);
    expect(body.rejected).toEqual([
      {
        index: 1,
        request_id: null,
        errors: [{ path: "", message: expect.stringMatching(/^the line is not valid JSON/) }],
      },
      { index: 2, request_id: null, errors: [{ path: "", message: "the line is nested deeper than 32 levels" }] },
    ]);
  });

  it("stores nothing without a key that may ingest", async () => {
    const call = buildCall();
    for (const authorization of ["", "Bearer", "Bearer nope", `Basic ${api.key}`]) {
      expect((await api.post([call], { authorization })).status).toBe(401);
    }
    expect(await isStored(call)).toBe(false);
  });
});
