import { describe, expect, test } from "vitest";
import { isSameOrigin } from "@/lib/auth/same-origin";

describe("a request that changes data", () => {
  test.each([
    [{ origin: "http://here.example:3000", host: "here.example:3000" }, undefined],
    [{ origin: "https://here.example", host: "10.0.0.7:3000", "x-forwarded-host": "here.example" }, undefined],
    [{ origin: "https://here.example", host: "10.0.0.7:3000" }, "https://here.example"],
  ])("is taken with %j", (headers, siteUrl) => {
    expect(isSameOrigin(new Headers(headers as Record<string, string>), siteUrl)).toBe(true);
  });

  test.each([
    [{ host: "here.example" }],
    [{ origin: "null", host: "null" }],
    [{ origin: "", host: "" }],
    [{ origin: "https://evil.example", host: "here.example" }],
    [{ origin: "https://here.example.evil.example", host: "here.example" }],
    [{ origin: "https://here.example:8443", host: "here.example" }],
    [{ origin: "file://here.example", host: "here.example" }],
    [{ origin: "not an origin", host: "here.example" }],
  ])("is refused with %j", (headers) => {
    expect(isSameOrigin(new Headers(headers as Record<string, string>), "https://here.example:9999")).toBe(false);
  });
});
