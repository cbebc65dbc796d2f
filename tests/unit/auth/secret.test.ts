import { describe, expect, test } from "vitest";
import { equalHashes, hashSecret, isMistypedApiKey, keyPrefix, newApiKey, newLinkToken } from "@/lib/auth/secret";

describe("API keys", () => {
  test("have the form st_live_, 32 random characters, 6 check digits", () => {
    for (let n = 0; n < 200; n++) expect(newApiKey()).toMatch(/^st_live_[0-9A-Za-z]{38}$/);
  });

  test("carry at least 160 random bits: 32 characters, all 62 equally likely", () => {
    const seen = new Map<string, number>();
    for (let n = 0; n < 2000; n++) {
      for (const character of newApiKey().slice(8, 40)) seen.set(character, (seen.get(character) ?? 0) + 1);
    }
    expect(seen.size).toBe(62);
    // 64,000 draws: 1,032 each on average with a standard deviation of 32.
    for (const count of seen.values()) expect(Math.abs(count - 1032)).toBeLessThan(200);
    expect(32 * Math.log2(62)).toBeGreaterThan(160);
  });

  test("never repeat", () => {
    expect(new Set(Array.from({ length: 5000 }, newApiKey)).size).toBe(5000);
  });

  test("that lost or changed a character are recognised as mistyped", () => {
    const key = newApiKey();
    expect(isMistypedApiKey(key)).toBe(false);
    expect(isMistypedApiKey(key.slice(0, -1))).toBe(true);
    for (let at = 8; at < key.length; at++) {
      const other = key[at] === "a" ? "b" : "a";
      expect(isMistypedApiKey(`${key.slice(0, at)}${other}${key.slice(at + 1)}`)).toBe(true);
    }
  });

  test("of another form are not called mistyped", () => {
    expect(isMistypedApiKey("a-key-that-the-operator-brought-along")).toBe(false);
  });

  test("check digits are those of CRC-32 in base 62, so that a secret scanner can reckon them", () => {
    const random = "0123456789ABCDEFGHIJKLMNOPQRSTUV";
    // zlib.crc32 of Python gives 1,546,885,699 = 1·62⁵ + 42·62⁴ + 42·62³ + 35·62² + 39·62 + 21.
    const digits = [1, 42, 42, 35, 39, 21].map(
      (n) => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"[n],
    );
    expect(isMistypedApiKey(`st_live_${random}${digits.join("")}`)).toBe(false);
  });

  test("are named by a prefix that tells little", () => {
    const key = newApiKey();
    expect(keyPrefix(key)).toBe(key.slice(0, 12));
    expect(keyPrefix("brought-along-by-the-operator")).toBe("brough");
  });
});

test("hashes are SHA-256 in hex and compared whole", () => {
  expect(hashSecret("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(equalHashes(hashSecret("abc"), hashSecret("abc"))).toBe(true);
  expect(equalHashes(hashSecret("abc"), hashSecret("abd"))).toBe(false);
  expect(equalHashes(hashSecret("abc"), "")).toBe(false);
});

test("link tokens are 256 random bits that a URL leaves as they are", () => {
  const token = newLinkToken();
  expect(Buffer.from(token, "base64url")).toHaveLength(32);
  expect(encodeURIComponent(token)).toBe(token);
});
