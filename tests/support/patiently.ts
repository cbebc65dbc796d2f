const TRIES = 5;

/**
 * Sends again, as a client is told to, while the answer is 503: on a busy machine the embedded database may not answer in
 * time. What is told twice is stored once.
 */
export async function patiently(send: () => Promise<Response>): Promise<Response> {
  for (let tries = 1; ; tries += 1) {
    const response = await send();
    if (response.status !== 503 || tries === TRIES) return response;
    await new Promise((resolve) => setTimeout(resolve, Number(response.headers.get("retry-after") ?? 1) * 1_000));
  }
}

/** For tests of what happens while the database is away. */
export const once = (send: () => Promise<Response>): Promise<Response> => send();
