import autocannon from "autocannon";

export type Load = Readonly<{
  url: string;
  /** API key; none for the empty application. */
  key?: string;
  contentType?: string;
  /** A body never sent before. */
  body: () => string | Buffer;
  connections: number;
  seconds: number;
}>;

/**
 * Sends new bodies over `connections` for so many seconds.
 * @returns requests answered with 200, a second
 * @throws when any other answer came: a rate of refusals is no rate
 */
export async function requestRate(load: Load): Promise<number> {
  const { url, key, contentType = "application/json", body, connections, seconds } = load;
  const result = await autocannon({
    url,
    method: "POST",
    connections,
    duration: seconds,
    headers: { "content-type": contentType, ...(key && { authorization: `Bearer ${key}` }) },
    requests: [{ setupRequest: (request) => ({ ...request, body: body() }) }],
  });
  const refused = result.non2xx + result.errors + result.timeouts;
  if (refused > 0) throw new Error(`${refused} requests to ${url} failed: ${JSON.stringify(result.statusCodeStats)}`);
  return result["2xx"] / result.duration;
}
