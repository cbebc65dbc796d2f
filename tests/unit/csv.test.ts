import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CsvRow, csvLines, csvResponse, csvStream } from "@/lib/csv";

const TEXT = [{ header: "name", kind: "text" }] as const;

describe("csvLines", () => {
  it("writes each kind as it is read back", () => {
    const columns = [
      { header: "tenant_id", kind: "text" },
      { header: "cost_usd", kind: "number" },
      { header: "calls", kind: "number" },
      { header: "at", kind: "time" },
    ] as const;
    const row = ['Söhne, "Acme"\nLtd', "-0.000000000001", 9007199254740993n, new Date("2026-11-20T12:00:00Z")];
    expect(csvLines(columns, [row, ["x", null, 0, null]])).toBe(
      '"Söhne, ""Acme""\nLtd",-0.000000000001,9007199254740993,2026-11-20T12:00:00.000Z\r\nx,,0,\r\n',
    );
  });

  it("makes text that a spreadsheet would run harmless", () => {
    for (const start of ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]) {
      const [[cell] = []] = parse(csvLines(TEXT, [[`${start}1+1`]])) as string[][];
      expect(cell).toBe(`'${start}1+1`);
    }
  });

  it("survives a reader of RFC 4180 with any text", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme", minLength: 1 }), { minLength: 1 }), (names) => {
        const read = parse(
          csvLines(
            TEXT,
            names.map((name) => [name]),
          ),
          { record_delimiter: "\r\n" },
        ) as string[][];
        expect(read.map(([name]) => name?.replace(/^'/, ""))).toEqual(names.map((name) => name.replace(/^'/, "")));
      }),
    );
  });
});

describe("csvStream", () => {
  it("draws no batch before there is room, and ends the source when the reader goes", async () => {
    let drawn = 0;
    let ended = false;
    async function* source(): AsyncGenerator<readonly CsvRow[]> {
      try {
        for (;;) {
          drawn += 1;
          yield [[`row ${drawn}`]];
        }
      } finally {
        ended = true;
      }
    }
    const reader = csvStream(TEXT, source()).getReader();
    const read = async () => new TextDecoder().decode((await reader.read()).value);
    expect(await read()).toBe("name\r\n");
    expect(await read()).toBe("row 1\r\n");
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(drawn).toBe(2);
    await reader.cancel();
    expect(ended).toBe(true);
  });

  it("breaks off when the source fails, so that a cut file is not taken for a whole one", async () => {
    async function* source(): AsyncGenerator<readonly CsvRow[]> {
      yield [["a"]];
      throw new Error("database away");
    }
    await expect(csvResponse("x.csv", TEXT, source()).text()).rejects.toThrow("database away");
  });

  it("has a header and nothing else where there are no rows", async () => {
    async function* source(): AsyncGenerator<readonly CsvRow[]> {
      yield [];
    }
    const response = csvResponse('a"b\n.csv', TEXT, source());
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="a-b-.csv"');
    expect(await response.text()).toBe("name\r\n");
  });
});
