import { describe, expect, test } from "vitest";
import { suggestMapping } from "@/lib/imports/columns";
import { detectFormat } from "@/lib/imports/detect-format";
import { costs, fileOf, readAll } from "@/tests/support/import-files";

const HEADER =
  "id,occurred_at,request_id,tenant_id,feature,deploy_sha,model,prompt_hash,input_tokens,cache_create_tokens,cache_read_tokens,output_tokens,cost_usd_micros,status_code,latency_ms";
const ROW =
  "7,2026-11-20 12:00:00.123,req_1,Northwind,support-reply,9f8e7d6,claude-sonnet-5-5,0123456789abcdef,1000,20,300,100,3120,200,1200";
const CLASSIC = {
  line: 2,
  source: "import/calls",
  occurred_at: "2026-11-20T12:00:00.123Z",
  request_id: "req_1",
  tenant_id: "Northwind",
  feature: "support-reply",
  deploy_sha: "9f8e7d6",
  model: "claude-sonnet-5-5",
  prompt_hash: "0123456789abcdef",
  input_tokens: 1000,
  cache_create_tokens: 20,
  cache_read_tokens: 300,
  output_tokens: 100,
  cost_usd_micros: 3120,
  status_code: 200,
  latency_ms: 1200,
};

describe("the classic llm_call table", () => {
  test.each([
    ["commas", (text: string) => text],
    [
      "a byte order mark, semicolons and CRLF",
      (text: string) => `\uFEFF${text.replaceAll(",", ";").replaceAll("\n", "\r\n")}`,
    ],
    ["tabs", (text: string) => text.replaceAll(",", "\t")],
    ["quotes everywhere", (text: string) => text.replace(/[^,\n]+/g, '"$&"')],
    [
      "a byte order mark and a quoted first column that is used",
      (text: string) =>
        `\uFEFF${text.replace("id,occurred_at", '"occurred_at",id').replace("7,2026-11-20 12:00:00.123", "2026-11-20 12:00:00.123,7").replace("7,2026-11-20 12:00:00.123,req_2", "2026-11-20 12:00:00.123,7,req_2")}`,
    ],
    ["lone CR", (text: string) => text.replaceAll("\n", "\r")],
  ])("with %s gives its calls", async (_, change) => {
    const content = change(`${HEADER}\n${ROW}\n\n${ROW.replace("req_1", "req_2")}\n`);
    for (const chunk of [1, 7, 4096]) {
      const { format, calls, refused } = await readAll(fileOf("llm_call.csv", content, chunk));
      expect({ format, calls, refused }).toEqual({
        format: "calls",
        calls: [CLASSIC, { ...CLASSIC, line: 4, request_id: "req_2" }],
        refused: [],
      });
    }
  });

  test.each([
    ["UTC", "2026-11-20T12:00:00.123Z"],
    ["Europe/Berlin", "2026-11-20T11:00:00.123Z"],
    ["America/New_York", "2026-11-20T17:00:00.123Z"],
  ])("without a zone is of %s where that is said", async (zone, at) => {
    const { calls } = await readAll(fileOf("a.csv", `${HEADER}\n${ROW}`), { zone });
    expect(calls[0]?.occurred_at).toBe(at);
  });

  test("leaves out what a database writes for nothing", async () => {
    const row = ROW.replace("9f8e7d6", "NULL").replace("0123456789abcdef", "\\N").replace(",3120,", ",,");
    const { deploy_sha: _, prompt_hash: __, cost_usd_micros: ___, ...wanted } = CLASSIC;
    expect((await readAll(fileOf("a.csv", `${HEADER}\n${row}`))).calls).toEqual([wanted]);
  });
});

describe("rows", () => {
  const read = (body: string, chunk = 5) => readAll(fileOf("a.csv", `request_id,feature,model\n${body}`, chunk));
  const seen = ({ calls }: Awaited<ReturnType<typeof readAll>>) => calls.map(({ line, feature }) => [line, feature]);

  test("may have line breaks, delimiters and quotes within quotes; lines are those of an editor", async () => {
    const all = await read('1,"two\nlines, ""here""",m\n2,"a\r\nb",m\n3,last,m');
    expect(seen(all)).toEqual([
      [2, 'two\nlines, "here"'],
      [4, "a\r\nb"],
      [6, "last"],
    ]);
    expect(all.refused).toEqual([]);
  });

  test("with a broken quote lose only themselves", async () => {
    for (const chunk of [3, 64, 4096]) {
      const all = await read('1,a,m\n2,"x"y,m\n3,c,m\n4,"never closed,m\n5,e,m\n6,f,m\n', chunk);
      expect(seen(all)).toEqual([
        [2, "a"],
        [4, "c"],
        [6, "e"],
        [7, "f"],
      ]);
      expect(all.refused.map(({ line }) => line)).toEqual([3, 5]);
      expect(all.refused[0]?.errors[0]?.message).toBe(
        "the row has a quote that nothing closes, or text after a closing quote",
      );
    }
  });

  test("with an open quote do not hold the rest of a large file", async () => {
    const many = Array.from({ length: 150_000 }, (_, n) => `${n},feature-${n},m\n`).join("");
    const all = await read(`x,"open,m\n${many}`, 65_536);
    expect([all.calls.length, all.refused.map(({ line }) => line)]).toEqual([150_000, [2]]);
    expect(all.calls.at(-1)).toMatchObject({ line: 150_002, feature: "feature-149999" });
  });

  test("of another width, and with bytes that are no UTF-8, are refused by name", async () => {
    const head = Buffer.from("request_id;feature;model\n1;a\n2;caf");
    const all = await readAll(fileOf("a.csv", Buffer.concat([head, Buffer.from([0xe9]), Buffer.from(";m\n3;c;m\n")])));
    expect(seen(all)).toEqual([[4, "c"]]);
    expect(all.refused.map(({ line, errors }) => [line, errors[0]?.message])).toEqual([
      [2, "the row has 2 cells, the header 3"],
      [3, "the row is not valid UTF-8"],
    ]);
  });

  test("can be read on from any place that was told", async () => {
    const body = Array.from({ length: 60 }, (_, n) => `${n},"é\n${n}",m\n`).join("");
    const whole = await read(body, 100);
    expect([whole.calls.length, new Set(whole.positions.map(({ offset }) => offset)).size > 5]).toEqual([60, true]);
    for (const from of whole.positions) {
      const content = `request_id,feature,model\n${body}`;
      const rest = await readAll(fileOf("a.csv", content, 77), { from });
      expect(rest.calls).toEqual(whole.calls.filter(({ line }) => line > from.line));
    }
  });

  test("keep what is no number as text, for the rule of its field", async () => {
    const { calls } = await readAll(
      fileOf("a.csv", "request_id,input_tokens,output_tokens,status_code\n1,12.0,many,-1\n"),
    );
    expect(calls).toEqual([
      { line: 2, source: "import/calls", request_id: "1", input_tokens: 12, output_tokens: "many", status_code: "-1" },
    ]);
  });
});

describe("columns", () => {
  test("with other names are found, each once", () => {
    const header = [
      "Timestamp",
      "id",
      "customerId",
      "use_case",
      "Model Name",
      "prompt_tokens",
      "completion_tokens",
      "cost",
    ];
    expect(suggestMapping(header)).toEqual({
      occurred_at: "Timestamp",
      request_id: "id",
      tenant_id: "customerId",
      feature: "use_case",
      model: "Model Name",
      input_tokens: "prompt_tokens",
      output_tokens: "completion_tokens",
      reported_cost_usd: "cost",
    });
    expect(suggestMapping(["request_id", "id", "trace_id"])).toEqual({ request_id: "request_id" });
  });

  test("of a status are one of HTTP only where they show it", () => {
    const header = ["request_id", "Status"];
    expect(suggestMapping(header, [["r1"], ["200", "429", "599"]])).toEqual({
      request_id: "request_id",
      status_code: "Status",
    });
    for (const cells of [["success"], ["200", "ok"], ["600"], ["0"], []]) {
      expect(suggestMapping(header, [["r1"], cells])).toEqual({ request_id: "request_id" });
    }
  });

  test("of a time span are rounded to milliseconds", async () => {
    const { calls } = await readAll(fileOf("a.csv", "request_id,latency_ms,ttft_ms\n1,532.7,80.4\n2,fast,\n"));
    expect(calls.map(({ latency_ms, ttft_ms }) => [latency_ms, ttft_ms])).toEqual([
      [533, 80],
      ["fast", undefined],
    ]);
    expect(suggestMapping(["latency", "duration_ms"])).toEqual({ latency_ms: "duration_ms" });
  });

  test("of a prompt that counts cached tokens are not taken for the fresh input", () => {
    const header = ["prompt_tokens", "cache_read_input_tokens"];
    expect(suggestMapping(header)).toEqual({ cache_read_tokens: "cache_read_input_tokens" });
  });

  describe("of cached tokens that are a part of the input", () => {
    const names = "occurred_at,request_id,tenant_id,feature,model";
    const cells = "2026-11-20T12:00:00Z,r1,acme,chat,claude-sonnet-5-5";
    const read = (header: string, row: string, mapping?: Record<string, string>) =>
      readAll(fileOf("a.csv", `${names},${header}\n${cells},${row}\n`), mapping ? { mapping } : {});

    test.each(["input_tokens,cached_tokens", "prompt_tokens,Cached Input Tokens", "tokens_in,input_cached_tokens"])(
      "%s are taken out of it",
      async (header) => {
        const { calls } = await read(`${header},output_tokens`, "1000,600,100");
        expect(calls[0]).toMatchObject({
          input_tokens: 400,
          cache_read_tokens: 600,
          output_tokens: 100,
          usage_convention: "inclusive",
        });
        // (400 × 2 + 600 × 0.1 + 100 × 10) $/M
        expect(costs(calls)).toEqual([400n * 2_000_000n + 600n * 100_000n + 100n * 10_000_000n]);
      },
    );

    test("are taken out where a person mapped them", async () => {
      const mapping = Object.fromEntries(names.split(",").map((name) => [name, name]));
      const { calls } = await read("in,cached_tokens", "1000,600", {
        ...mapping,
        input_tokens: "in",
        cache_read_tokens: "cached_tokens",
      });
      expect(calls[0]).toMatchObject({ input_tokens: 400, cache_read_tokens: 600, usage_convention: "inclusive" });
    });

    test("are left where they do not fit into it", async () => {
      const { calls } = await read("input_tokens,cached_tokens", "500,600");
      expect(calls[0]).toMatchObject({ input_tokens: 500, cache_read_tokens: 600, usage_convention: "inferred" });
    });

    test.each(["input_tokens,cache_read_tokens", "fresh_input_tokens,cached_tokens"])(
      "%s are not: the input is without them",
      async (header) => {
        const { calls } = await read(header, "1000,600");
        expect(calls[0]).toMatchObject({ input_tokens: 1000, cache_read_tokens: 600 });
        expect(calls[0]).not.toHaveProperty("usage_convention");
      },
    );
  });

  test("are read by the mapping that is given", async () => {
    const mapping = { occurred_at: "when", request_id: "nr", tenant_id: "who", usage: "raw", reported_cost_usd: "usd" };
    const content = `when;nr;who;raw;usd\n1790000000;r1;acme;"{""input_tokens"":5}";$0.0000012345\n1790000000123;r2;acme;x;1e-6\n`;
    const { calls } = await readAll(fileOf("a.csv", content), { mapping });
    expect(calls).toEqual([
      {
        line: 2,
        source: "import/calls",
        occurred_at: "2026-09-21T14:13:20.000Z",
        request_id: "r1",
        tenant_id: "acme",
        usage: { input_tokens: 5 },
        cost_usd_micros: 1.2345,
      },
      {
        line: 3,
        source: "import/calls",
        occurred_at: "2026-09-21T14:13:20.123Z",
        request_id: "r2",
        tenant_id: "acme",
        usage: "x",
        cost_usd_micros: 1,
      },
    ]);
  });

  test("are named without byte order mark, quotes and blanks", async () => {
    const { header, delimiter, samples } = await detectFormat(
      fileOf("a.csv", '\uFEFF"when";" nr ";\r\n1;"2; 3";\r\n'),
      null,
    );
    expect({ header, delimiter, samples }).toEqual({
      header: ["when", "nr", ""],
      delimiter: ";",
      samples: [["1"], ["2; 3"], []],
    });
  });

  test("must have a name of their own", async () => {
    await expect(readAll(fileOf("a.csv", "model,model\na,b\n"))).rejects.toThrow(
      'a.csv: the column "model" comes twice',
    );
  });
});
