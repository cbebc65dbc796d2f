import { createApiKey } from "@/lib/auth/api-keys";
import { writeDb } from "@/lib/db";
import type { Answer } from "@/tests/support/api";
import { patiently } from "@/tests/support/patiently";
import { createProject, type TestProject } from "@/tests/support/project";

type Post = (request: Request) => Promise<Response>;

export type IngestApi<Body> = TestProject & {
  /** A POST with the key of the environment production; anything but text and bytes goes as JSON. */
  post: (body: unknown, headers?: Record<string, string>) => Promise<Answer<Body>>;
  /** The same with the key of the environment staging. */
  postStaging: (body: unknown) => Promise<Answer<Body>>;
};

/** A project of its own with two environments, and a route that takes something in as a client sees it. */
export async function createIngestApi<Body>(route: Post, send = patiently): Promise<IngestApi<Body>> {
  const project = await createProject();
  await writeDb().environment.create({ data: { projectId: project.id, name: "staging" } });
  const keyFor = (environment: string) =>
    createApiKey(project.id, { name: environment, environment, scopes: ["ingest"] }, null);
  const poster =
    (key: string) =>
    async (body: unknown, headers: Record<string, string> = {}): Promise<Answer<Body>> => {
      const isRaw = typeof body === "string" || body instanceof Uint8Array;
      const response = await send(() =>
        route(
          new Request("http://localhost/api", {
            method: "POST",
            headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
            body: isRaw ? (body as BodyInit) : JSON.stringify(body),
          }),
        ),
      );
      return { status: response.status, headers: response.headers, body: await response.json() };
    };
  return { ...project, post: poster(await keyFor("production")), postStaging: poster(await keyFor("staging")) };
}
