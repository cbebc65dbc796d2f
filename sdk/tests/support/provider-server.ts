import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type SeenRequest = { method: string; path: string; headers: IncomingHttpHeaders; body: string };

/** Answers one request. */
export type Reply = (response: ServerResponse, request: SeenRequest) => void | Promise<void>;

export type Provider = {
  url: string;
  requests: SeenRequest[];
  /** Replies to the next requests, in this order. */
  replyWith(...replies: Reply[]): void;
  /** Forgets what was asked, and the replies that nobody asked for. */
  reset(): void;
  stop(): Promise<void>;
};

/** A server that answers as it is told to, one reply a request; without one left, 404. */
export async function startProvider(): Promise<Provider> {
  const requests: SeenRequest[] = [];
  const replies: Reply[] = [];
  const server = createServer(async (request, response) => {
    const seen = await read(request).catch(() => null);
    if (!seen) return;
    requests.push(seen);
    const reply = replies.shift() ?? json({ error: "no reply was prepared" }, { status: 404 });
    await reply(response, seen);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    replyWith: (...more) => void replies.push(...more),
    reset: () => {
      requests.length = 0;
      replies.length = 0;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function read(request: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { method = "", url = "", headers } = request;
  return { method, path: url, headers, body: Buffer.concat(chunks).toString() };
}

type Options = { status?: number; headers?: Record<string, string> };

export function json(body: unknown, { status = 200, headers = {} }: Options = {}): Reply {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };
}

/** Bytes piece by piece, each after a moment of its own; `cut` breaks the connection after the last one. */
export function pieces(
  parts: readonly (string | Uint8Array)[],
  { headers = {}, cut = false, hold }: Options & { cut?: boolean; hold?: Promise<unknown> } = {},
): Reply {
  return async (response) => {
    response.writeHead(200, headers);
    response.flushHeaders();
    for (const part of parts) {
      response.write(part);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await hold;
    if (cut) response.socket?.destroy();
    else response.end();
  };
}

/** Server-sent events; an object goes as `event: <type>` and `data: <JSON>`, text as it is. */
export function sse(
  events: readonly (object | string)[],
  options: Options & { cut?: boolean; hold?: Promise<unknown> } = {},
): Reply {
  const parts = events.map((event) => {
    if (typeof event === "string") return event;
    const name = "type" in event ? `event: ${event.type}\n` : "";
    return `${name}data: ${JSON.stringify(event)}\n\n`;
  });
  return pieces(parts, {
    ...options,
    headers: { "content-type": "text/event-stream; charset=utf-8", ...options.headers },
  });
}
