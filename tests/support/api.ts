import { GET, POST } from "@/app/api/v1/calls/route";
import { createApiKey } from "@/lib/auth/api-keys";
import type { IngestResult } from "@/lib/ingest/schema";
import { patiently } from "@/tests/support/patiently";
import { createProject, type TestProject } from "@/tests/support/project";

export type Answer<Body> = { status: number; headers: Headers; body: Body };

export type CallsApi = TestProject & {
  /** The secret of a key with both scopes, for the environment production. */
  key: string;
  /** POST /api/v1/calls; anything but text and bytes goes as JSON. */
  post: (body: unknown, headers?: Record<string, string>) => Promise<Answer<IngestResult>>;
  /** GET /api/v1/calls of all calls, unless the query says otherwise. */
  list: (query?: string) => Promise<Answer<{ calls: Record<string, unknown>[]; next_cursor: string | null }>>;
  csv: (query?: string) => Promise<string>;
};

const URL = "http://localhost/api/v1/calls";
const EVER = "from=2024-01-01&to=2027-01-01&limit=1000";

/** A project of its own with a key, and the calls API as a client sees it: requests in, responses out. */
export async function createCallsApi(send = patiently): Promise<CallsApi> {
  const project = await createProject();
  const key = await createApiKey(
    project.id,
    { name: "test", environment: "production", scopes: ["ingest", "read"] },
    null,
  );
  const authorization = `Bearer ${key}`;
  const get = (query: string) => GET(new Request(`${URL}?${query}`, { headers: { authorization } }));
  return {
    ...project,
    key,
    post: async (body, headers = {}) => {
      const raw = typeof body === "string" || body instanceof Uint8Array;
      const response = await send(() =>
        POST(
          new Request(URL, {
            method: "POST",
            headers: { authorization, "content-type": "application/json", ...headers },
            body: raw ? (body as BodyInit) : JSON.stringify(body),
          }),
        ),
      );
      return { status: response.status, headers: response.headers, body: await response.json() };
    },
    list: async (query = EVER) => {
      const response = await get(query);
      return { status: response.status, headers: response.headers, body: await response.json() };
    },
    csv: async (query = EVER.replace(/&limit.*/, "")) => (await get(`${query}&format=csv`)).text(),
  };
}
