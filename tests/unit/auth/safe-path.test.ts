import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { safePath } from "@/lib/auth/safe-path";

describe("where to go after signing in", () => {
  test.each([
    ["/acme", "/acme"],
    ["/acme/tenants?period=7d&filter.feature=a%2Fb#top", "/acme/tenants?period=7d&filter.feature=a%2Fb#top"],
    ["/a/../b", "/b"],
  ])("%j stays %j", (wanted, path) => {
    expect(safePath(wanted)).toBe(path);
  });

  test.each([
    "",
    "acme",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https://evil.example/acme",
    "https://localhost@evil.example",
    "javascript:alert(1)",
    " //evil.example",
    "/.//evil.example",
    "/a/..//evil.example",
    `/${"a".repeat(8192)}`,
    null,
    undefined,
  ])("%j leads to the start page", (wanted) => {
    expect(safePath(wanted)).toBe("/");
  });

  test("encoded slashes stay encoded", () => {
    expect(safePath("/%2f%2fevil.example")).toBe("/%2f%2fevil.example");
  });

  test("whatever is wanted, the browser stays on this site", () => {
    const piece = fc.constantFrom(
      "/",
      "\\",
      "\t",
      "\n",
      "\r",
      ".",
      "..",
      "@",
      ":",
      "evil.example",
      "http",
      "%2f",
      "?",
      "#",
      " ",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(new URL(safePath(`/${pieces.join("")}`), "https://here.example").origin).toBe("https://here.example");
      }),
      { numRuns: 2000 },
    );
  });
});
