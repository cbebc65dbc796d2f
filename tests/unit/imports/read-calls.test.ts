import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { detectFormat } from "@/lib/imports/detect-format";
import { MAX_LINE_BYTES } from "@/lib/imports/read-blocks";
import { readCalls } from "@/lib/imports/read-calls";
import { START } from "@/lib/imports/schema";
import { fileOf, jsonl, readAll } from "@/tests/support/import-files";

const CALL = {
  occurred_at: "2026-11-20T12:00:00.000Z",
  request_id: "req_1",
  tenant_id: "Nørthwind 🌲",
  feature: "support-reply",
  model: "claude-sonnet-5-5",
  usage: { input_tokens: 1000, output_tokens: 100 },
};
const SENT = { source: "import/calls", ...CALL };

describe("JSON lines of calls", () => {
  test("are the calls with the fields of a call and nothing else, in whatever chunks they arrive", async () => {
    const content = `\uFEFF${jsonl(CALL)}\r\n\n${JSON.stringify({ ...CALL, messages: [{ content: "a secret" }] })}`;
    const wanted = {
      format: "calls",
      calls: [
        { line: 1, ...SENT },
        { line: 4, ...SENT },
      ],
      refused: [],
      skipped: {},
    };
    for (const chunk of [1, 7, 1000]) {
      expect(await readAll(fileOf("a.jsonl", content, chunk)), `chunks of ${chunk}`).toMatchObject(wanted);
    }
    expect(JSON.stringify(await readAll(fileOf("a.jsonl", content)))).not.toContain("secret");
  });

  test("take a default where a line says nothing, and keep what it says", async () => {
    const { feature: _, ...bare } = CALL;
    const defaults = { tenant_id: "other", feature: "batch", deploy_sha: "abc" };
    const { calls } = await readAll(fileOf("a.jsonl", jsonl(bare, CALL)), { defaults });
    expect(calls.map(({ tenant_id, feature, deploy_sha }) => [tenant_id, feature, deploy_sha])).toEqual([
      ["Nørthwind 🌲", "batch", "abc"],
      ["Nørthwind 🌲", "support-reply", "abc"],
    ]);
  });

  test("from a time on are left to another door, and counted; what tells no time is not", async () => {
    const at = (occurred_at: string) => ({ ...CALL, occurred_at });
    const lines = [
      at("2026-11-20T12:59:59.999Z"),
      at("2026-11-20T13:00:00Z"),
      at("2026-11-20T13:30:00+01:00"),
      at("?"),
    ];
    const { calls, skipped } = await readAll(fileOf("a.jsonl", jsonl(...lines)), {
      before: "2026-11-20T13:00:00.000Z",
    });
    expect(calls.map(({ line }) => line)).toEqual([1, 3, 4]);
    expect(skipped).toEqual({ "not before the time named": 1 });
  });

  test("that are broken are refused one by one, by name", async () => {
    const bytes = Buffer.concat([
      Buffer.from(jsonl(CALL)),
      Buffer.from('{"request_id":"x\n[1]\n{"model":"a","model":"b"}\n'),
      Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d, 0x0a]),
      Buffer.from(jsonl(CALL)),
    ]);
    const { calls, refused } = await readAll(fileOf("a.jsonl", bytes, 4096));
    expect(calls.map(({ line }) => line)).toEqual([1, 6]);
    expect(refused.map(({ line, errors }) => [line, errors[0]?.path, errors[0]?.message])).toEqual([
      [2, "", "the line is not valid JSON: the text ends too early"],
      [3, "", "is no JSON object"],
      [4, "model", "occurs more than once in its object"],
      [5, "", "the line is not valid UTF-8"],
    ]);
  });

  test("can be read on from any place that was told, without a call lost or read twice", async () => {
    const content = jsonl(...Array.from({ length: 40 }, (_, n) => ({ ...CALL, request_id: `req_${n}` })));
    const whole = await readAll(fileOf("a.jsonl", content, 500));
    expect(whole.calls).toHaveLength(40);
    expect(whole.positions.length).toBeGreaterThan(10);
    for (const from of whole.positions) {
      const rest = await readAll(fileOf("a.jsonl", content, 333), { from });
      expect(rest.calls).toEqual(whole.calls.filter(({ line }) => line > from.line));
    }
  });

  test("longer than the limit are refused without being held", async () => {
    const chunk = new Uint8Array(1_000_000).fill(0x61);
    const end = new TextEncoder().encode(`\n${JSON.stringify(CALL)}\n`);
    const before = new TextEncoder().encode(jsonl(CALL));
    const source = {
      name: "a.jsonl",
      size: 100_000_000,
      open: async function* () {
        yield before;
        for (let n = 0; n < 100; n++) yield chunk;
        yield end;
      },
    };
    const heap = process.memoryUsage().arrayBuffers;
    const { calls, refused } = await readAll(source);
    expect(process.memoryUsage().arrayBuffers - heap).toBeLessThan(40_000_000);
    expect(calls.map(({ line }) => line)).toEqual([1, 3]);
    const message = `the line is longer than ${MAX_LINE_BYTES} bytes`;
    expect(refused).toEqual([{ file: "a.jsonl", line: 2, request_id: null, errors: [{ path: "", message }] }]);
  });
});

describe("gzip", () => {
  const content = jsonl(...Array.from({ length: 500 }, (_, n) => ({ ...CALL, request_id: `req_${n}_${Math.sin(n)}` })));

  test("is unpacked, and read on by unpacked bytes", async () => {
    const whole = await readAll(fileOf("a.jsonl.gz", gzipSync(content), 512));
    expect(whole.calls).toHaveLength(500);
    const from = whole.positions[Math.floor(whole.positions.length / 2)];
    const rest = await readAll(fileOf("a.jsonl.gz", gzipSync(content), 512), { from });
    expect(rest.calls).toEqual(whole.calls.filter(({ line }) => line > (from?.line ?? 0)));
    expect(rest.calls.length).toBeLessThan(500);
  });

  test("that is cut short gives what came before, then says so", async () => {
    const packed = gzipSync(content);
    const { calls, error } = await readAll(fileOf("a.jsonl.gz", packed.subarray(0, packed.length - 40), 512));
    expect(calls.length).toBeGreaterThan(300);
    expect(calls.length).toBeLessThan(500);
    expect(String(error)).toMatch(/a\.jsonl\.gz: its gzip data is damaged or cut short after \d+ unpacked bytes/);
  });
});

describe("a JSON document", () => {
  test.each([
    ["an array", `${JSON.stringify([CALL, { ...CALL, request_id: "req_2" }])}\n\n        \n`],
    ["calls over lines", JSON.stringify({ note: 1, calls: [CALL, { ...CALL, request_id: "req_2" }] }, null, 2)],
    ["an array after a byte order mark", `\uFEFF ${JSON.stringify([CALL, { ...CALL, request_id: "req_2" }])}`],
    ["calls on one line", JSON.stringify({ calls: [CALL, { ...CALL, request_id: "req_2" }] })],
    [
      "calls of which each has a line",
      `{"calls":[\n${JSON.stringify(CALL)},\n${JSON.stringify({ ...CALL, request_id: "req_2" })}\n]}\n`,
    ],
    ["data over lines", JSON.stringify({ data: [CALL, { ...CALL, request_id: "req_2" }], more: {} }, null, 2)],
    ["data on one line", JSON.stringify({ data: [CALL, { ...CALL, request_id: "req_2" }] })],
    [
      "data of which each has a line",
      `{\n"object": "list",\n"data": [\n${JSON.stringify(CALL)},\n${JSON.stringify({ ...CALL, request_id: "req_2" })}\n]\n}`,
    ],
  ])("of %s gives its elements", async (_, content) => {
    const { calls, refused, error } = await readAll(fileOf("a.json", content));
    expect({ calls, refused, error }).toEqual({
      calls: [
        { line: 1, ...SENT },
        { line: 2, ...SENT, request_id: "req_2" },
      ],
      refused: [],
      error: null,
    });
  });

  test("of one call over lines is that call", async () => {
    const { calls, refused, error } = await readAll(fileOf("a.json", JSON.stringify(CALL, null, 2)));
    expect({ calls, refused, error }).toEqual({ calls: [{ line: 1, ...SENT }], refused: [], error: null });
  });

  test("without a call says so; an empty list is one", async () => {
    for (const content of ["{\n}", JSON.stringify({ spans: [CALL], data: {} }, null, 2)]) {
      const { calls, error } = await readAll(fileOf("a.json", content));
      expect([calls, String(error)]).toEqual([
        [],
        "Error: a.json: holds neither a call nor a list of them in calls or data",
      ]);
    }
    for (const content of ["[]", '{"calls":[]}', '{\n"data": []\n}']) {
      expect(await readAll(fileOf("a.json", content))).toMatchObject({ calls: [], refused: [], error: null });
    }
  });

  test("without a call is not held, however long it is", async () => {
    const content = `{\n"spans": [${"1,".repeat(20_000_000)}1]}`;
    const { error } = await readAll(fileOf("a.json", content, 1_000_000));
    expect(String(error)).toBe("Error: a.json: holds neither a call nor a list of them in calls or data");
  });

  test("on one line longer than the head of the file is told from JSON lines", async () => {
    const calls = Array.from({ length: 2000 }, (_, n) => ({ ...CALL, request_id: `req_${n}` }));
    const all = await readAll(fileOf("a.json", JSON.stringify({ calls }), 65_536));
    expect([all.calls.length, all.refused, all.error]).toEqual([2000, [], null]);
  });

  test("that is broken or cut short gives what came before, then says so", async () => {
    const text = JSON.stringify([CALL, CALL]);
    const cut = await readAll(fileOf("a.json", text.slice(0, -5)));
    expect([cut.calls.length, String(cut.error)]).toEqual([
      1,
      "Error: a.json: the JSON ends too early, after element 1",
    ]);
    const broken = await readAll(fileOf("a.json", `${text.slice(0, -1)}, nope]`));
    expect([broken.calls.length, String(broken.error)]).toEqual([2, "Error: a.json: no valid JSON after element 2"]);
  });
});

test.each([
  ["", "a: is empty"],
  [new Uint8Array([0xff, 0xfe, 0x61, 0]), "a: is UTF-16: save it as UTF-8"],
])("a file that cannot be read says why", async (content, message) => {
  await expect(readAll(fileOf("a", content))).rejects.toThrow(message);
});

describe("a large file", () => {
  const LINES = 200_000;
  const line = JSON.stringify(CALL);
  const cells = `2026-11-20 12:00:00,req_1,"North, wind",support-reply,claude-sonnet-5-5,1000,100`;
  const head = "occurred_at,request_id,tenant_id,feature,model,input_tokens,output_tokens\n";

  test.each([
    ["JSON lines", "", `${line}\n`, ""],
    ["a JSON array", "[", `${line},`, `${line}]`],
    ["a JSON object", '{"calls":[', `${line},`, `${line}]}`],
    ["CSV", head, `${cells}\n`, ""],
  ])("of %s takes no more memory the longer it is", async (_, first, each, last) => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const chunk = new TextEncoder().encode(each.repeat(500));
    const start = new TextEncoder().encode(first);
    const source = {
      name: "large",
      size: 0,
      open: async function* (from: number) {
        if (from === 0) yield start;
        for (let n = 0; n < LINES / 500; n++) yield chunk;
        yield new TextEncoder().encode(last);
      },
    };
    const options = { defaults: {}, zone: "UTC", at: null, before: null, mapping: null };
    const detected = await detectFormat(source, null);
    let read = 0;
    const heap: number[] = [];
    const request = { sources: [source], detected, options, from: START, onRead: () => 0, now: new Date() };
    for await (const { calls } of readCalls(request)) {
      read += calls.length;
      if (read < (heap.length + 1) * 50_000) continue;
      collect();
      heap.push(process.memoryUsage().heapUsed);
    }
    expect(read).toBe(last === "" ? LINES : LINES + 1);
    expect((heap.at(-1) ?? 0) - (heap[0] ?? 0)).toBeLessThan(5_000_000);
  });
});
