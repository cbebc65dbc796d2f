import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { busy, HttpProblem, readBody, withProblems } from "@/lib/http";

const LIMITS = { maxBytes: 1_000 };

function post(body: BodyInit, headers: Record<string, string> = {}): Request {
  return new Request("http://localhost/", { method: "POST", body, headers, duplex: "half" } as RequestInit);
}

async function refusal(request: Request, limits = LIMITS) {
  const error = await readBody(request, limits).then(
    () => null,
    (error: unknown) => error,
  );
  if (!(error instanceof HttpProblem)) throw new Error(`no problem: ${error}`);
  return error;
}

describe("readBody", () => {
  it("reads UTF-8, drops a byte order mark and unpacks gzip", async () => {
    expect(await readBody(post("\uFEFF{}ü"), LIMITS)).toBe("{}ü");
    expect(await readBody(post(gzipSync("{}ü"), { "content-encoding": "gzip" }), LIMITS)).toBe("{}ü");
    expect(await readBody(new Request("http://localhost/", { method: "POST" }), LIMITS)).toBe("");
  });

  it("refuses a body above the limit, by its own word or by count", async () => {
    expect((await refusal(post("x".repeat(1_001)))).members).toEqual({ max_bytes: 1_000 });
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(400)) });
    expect((await refusal(post(endless))).status).toBe(413);
    expect(await readBody(post("x".repeat(1_000)), LIMITS)).toHaveLength(1_000);
  });

  it("stops a gzip bomb at the limit", async () => {
    const bomb = gzipSync(Buffer.alloc(200_000_000));
    const started = performance.now();
    const problem = await refusal(post(bomb, { "content-encoding": "gzip" }), { maxBytes: 1_000_000 });
    expect([problem.status, problem.members]).toEqual([413, { max_bytes: 1_000_000 }]);
    expect(performance.now() - started).toBeLessThan(500);
  });

  it("refuses damaged gzip, invalid UTF-8 and other encodings", async () => {
    const packed = gzipSync("x".repeat(500));
    for (const bytes of [packed.subarray(0, -9), packed.subarray(4), Buffer.from("{}"), Buffer.alloc(0)]) {
      expect((await refusal(post(bytes, { "content-encoding": "gzip" }))).status).toBe(400);
    }
    expect((await refusal(post(Buffer.from([0x7b, 0xff, 0x7d])))).detail).toBe("The body is not valid UTF-8.");
    for (const encoding of ["br", "deflate", "zstd", "gzip, br"]) {
      expect((await refusal(post("{}", { "content-encoding": encoding }))).status).toBe(415);
    }
  });

  it("tells the caller of every byte it holds", async () => {
    const reserved: number[] = [];
    await readBody(post(gzipSync("x".repeat(900)), { "content-encoding": "gzip" }), {
      ...LIMITS,
      reserve: (bytes) => reserved.push(bytes),
    });
    expect(reserved).toEqual([gzipSync("x".repeat(900)).length, 900]);
  });
});

describe("withProblems", () => {
  it("answers a problem as RFC 9457 says", async () => {
    const route = withProblems(
      () => Promise.reject(busy(503, "The database does not answer.", 2)),
      () => expect.unreachable(),
    );
    const response = await route();
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(response.headers.get("retry-after")).toBe("2");
    expect(await response.json()).toEqual({
      type: "about:blank",
      title: "Service unavailable",
      status: 503,
      detail: "The database does not answer.",
    });
  });

  it("hides an unexpected error behind an id that the log knows", async () => {
    const seen: unknown[] = [];
    const route = withProblems(
      () => Promise.reject(new Error("SELECT secret")),
      (error, errorId) => seen.push([(error as Error).message, errorId]),
    );
    const body = await (await route()).json();
    expect(body.status).toBe(500);
    expect(JSON.stringify(body)).not.toContain("secret");
    expect(seen).toEqual([["SELECT secret", body.error_id]]);
  });
});
