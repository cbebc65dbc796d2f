import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { curlToRead, curlToSend } from "@/lib/calls/curl";

/** A curl that only tells what it was handed, one argument after the other. */
const bin = mkdtempSync(path.join(tmpdir(), "spendtrace-curl-"));
writeFileSync(path.join(bin, "curl"), `#!/bin/sh\nprintf '%s\\0' "$@"\n`);
chmodSync(path.join(bin, "curl"), 0o755);

function argumentsOf(command: string): string[] {
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, SPENDTRACE_KEY: "st_live_key with 'quotes'" };
  const told = execFileSync("/bin/sh", ["-c", command], { env, cwd: bin, encoding: "utf8" });
  return told.split("\0").slice(0, -1);
}

const AUTHORIZATION = "authorization: Bearer st_live_key with 'quotes'";
const NASTY = [
  "it's",
  "$(touch pwned)",
  "`id`",
  "a\nb",
  '"',
  "\\",
  "!!",
  "-H",
  "=1+1",
  "%",
  "../",
  "👩‍🚀",
  "$HOME",
  "';id;'",
];

describe("copied as curl, for a real shell", () => {
  test.each(NASTY)("%j in an address is one argument, untouched", (value) => {
    const address = `https://spend.example/api/v1/calls?filter.request=${value}`;
    expect(argumentsOf(curlToRead(address))).toEqual(["--fail-with-body", address, "-H", AUTHORIZATION]);
  });

  test("an event is sent as the same JSON, whatever its values hold", () => {
    const value = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }));
    const event = fc.dictionary(fc.constantFrom("request_id", "tenant_id", "user_id"), value);
    fc.assert(
      fc.property(event, (one) => {
        const sent = argumentsOf(curlToSend("https://spend.example/api/v1/calls", one));
        const [, address, , authorization, , type, flag, body = ""] = sent;
        expect([sent.length, address, authorization]).toEqual([8, "https://spend.example/api/v1/calls", AUTHORIZATION]);
        expect([type, flag]).toEqual(["content-type: application/json", "--data-raw"]);
        expect(JSON.parse(body)).toEqual(JSON.parse(JSON.stringify(one)));
      }),
      { seed: 5, numRuns: 60 },
    );
  });
});
