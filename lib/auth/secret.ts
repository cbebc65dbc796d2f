import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { crc32 } from "node:zlib";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const KEY_START = "st_live_";
const KEY_FORM = /^st_live_([0-9A-Za-z]{32})([0-9A-Za-z]{6})$/;

/** `length` characters of base 62, each equally likely: 5.95 bits apiece. */
function randomText(length: number): string {
  let text = "";
  while (text.length < length) {
    // 248 is the largest multiple of 62 below 256: bytes above would favour the first characters.
    for (const byte of randomBytes(length)) if (byte < 248 && text.length < length) text += ALPHABET[byte % 62];
  }
  return text;
}

function checkDigits(text: string): string {
  let rest = crc32(text) >>> 0;
  let digits = "";
  for (let place = 0; place < 6; place++) {
    digits = `${ALPHABET[rest % 62]}${digits}`;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

/** A new API key: `st_live_`, 190 random bits, and six check digits by which secret scanners know a real one. */
export function newApiKey(): string {
  const random = randomText(32);
  return `${KEY_START}${random}${checkDigits(random)}`;
}

/** True for a key that has our form but wrong check digits: cut or mistyped, not forged. */
export function isMistypedApiKey(key: string): boolean {
  const [, random, digits] = KEY_FORM.exec(key) ?? [];
  return random !== undefined ? checkDigits(random) !== digits : key.startsWith(KEY_START);
}

/** How a key is named in lists and messages: enough to tell keys apart, too little to use one. */
export function keyPrefix(key: string): string {
  return key.slice(0, KEY_FORM.test(key) ? 12 : 6);
}

/** A token for a one-time link: 256 random bits, safe in a URL. */
export function newLinkToken(): string {
  return randomBytes(32).toString("base64url");
}

/** SHA-256 in hex: what is stored of a key or token. They are random, so that no slow hash is needed. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** Compares two hashes in a time that does not tell where they differ. */
export function equalHashes(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
