import "server-only";
import { isIP } from "node:net";
import { RateLimiterPrisma, RateLimiterRes } from "rate-limiter-flexible";
import { writeDb } from "@/lib/db";

/** Ten wrong passwords in a quarter of an hour close an account's door for a quarter of an hour; fifty that of an address. */
const WINDOW_SECONDS = 900;
export const ACCOUNT_ATTEMPTS = 10;
export const ADDRESS_ATTEMPTS = 50;

type Limiters = { account: RateLimiterPrisma; address: RateLimiterPrisma };
let limiters: Limiters | undefined;

/** Counters are rows, so that they hold across instances and restarts. */
function limiter(): Limiters {
  const make = (keyPrefix: string, points: number) =>
    new RateLimiterPrisma({
      storeClient: writeDb(),
      tableName: "rateLimit",
      keyPrefix,
      points,
      duration: WINDOW_SECONDS,
      blockDuration: WINDOW_SECONDS,
    });
  limiters ??= {
    account: make("sign-in-account", ACCOUNT_ATTEMPTS),
    address: make("sign-in-address", ADDRESS_ATTEMPTS),
  };
  return limiters;
}

/**
 * Counts an attempt before its password is looked at, so that attempts side by side all count.
 * @returns 0 if it may go on, else the seconds to wait.
 */
export async function countAttempt(email: string, address: string): Promise<number> {
  const { account, address: byAddress } = limiter();
  try {
    await byAddress.consume(address);
    await account.consume(email);
    return 0;
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
    throw refused;
  }
}

/** A right password: the account starts anew, and the attempt does not count against the address. */
export async function forgiveAttempts(email: string, address: string): Promise<void> {
  const { account, address: byAddress } = limiter();
  await Promise.all([account.delete(email), byAddress.reward(address)]);
}

/**
 * The address a request came from. The server itself appends to `X-Forwarded-For` who connected to it; behind `trustedProxies` of the
 * operator's own, each of which appended one, that many stand after the client. What stands before was sent by the client and may be
 * anything.
 */
export function clientAddress(forwardedFor: string | null | undefined, trustedProxies: number): string {
  const hops = (forwardedFor ?? "").split(",").map((hop) => hop.trim());
  const hop = hops[Math.max(0, hops.length - 1 - trustedProxies)] ?? "";
  return isIP(hop) ? hop.replace(/^::ffff:/, "") : "unknown";
}
