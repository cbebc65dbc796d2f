const HEADERS = ["request-id", "x-request-id", "x-amzn-requestid", "apim-request-id"];
const MAX_LENGTH = 128;

/** The names that the headers of a request or an answer give it, the best first. */
export function requestIds(headers: Headers): string[] {
  return HEADERS.map((name) => headers.get(name)).filter((id) => id !== null && id !== "") as string[];
}

/**
 * The provider's own name for the request; without one the client makes one up.
 * @param sent names that the request carried: a server that sends them back names nothing, and many requests may carry the same.
 */
export function requestIdOf(answer: Headers, sent: readonly string[]): string | undefined {
  const id = requestIds(answer).find((id) => !sent.includes(id));
  return id && id.length <= MAX_LENGTH ? id : undefined;
}
