import autocannon from "autocannon";
import { freshBody } from "./bodies";

export type Load = Readonly<{
  url: string;
  /** API key; none for the empty application. */
  key?: string;
  templates: readonly string[];
  connections: number;
  seconds: number;
}>;

/**
 * Sends new bodies over `connections` for so many seconds.
 * @returns requests answered with 200, a second
 * @throws when any other answer came: a rate of refusals is no rate
 */
export async function requestRate({ url, key, templates, connections, seconds }: Load): Promise<number> {
  const result = await autocannon({
    url,
    method: "POST",
    connections,
    duration: seconds,
    headers: { "content-type": "application/json", ...(key && { authorization: `Bearer ${key}` }) },
    requests: [{ setupRequest: (request) => ({ ...request, body: freshBody(templates) }) }],
  });
  const refused = result.non2xx + result.errors + result.timeouts;
  if (refused > 0) throw new Error(`${refused} requests to ${url} failed: ${JSON.stringify(result.statusCodeStats)}`);
  return result["2xx"] / result.duration;
}
