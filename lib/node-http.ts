import type { IncomingMessage, ServerResponse } from "node:http";
import type { Incoming } from "@/lib/http";

/** Node's message as what a handler needs of a request: its chunks as they come, with no stream in between. */
export function incomingOf(message: IncomingMessage): Incoming {
  return {
    headers: {
      get: (name) => {
        const value = message.headers[name.toLowerCase()];
        return value === undefined ? null : [value].flat().join(", ");
      },
    },
    body: { getReader: () => readerOf(message) },
  };
}

function readerOf(message: IncomingMessage) {
  const chunks: AsyncIterator<Buffer> = message[Symbol.asyncIterator]();
  return {
    read: async () => {
      const { done, value } = await chunks.next();
      return { done: done === true, value };
    },
    /** What is left is let pass unread: to end the connection would take the answer away from whoever is still sending. */
    cancel: async () => {
      message.removeAllListeners("readable");
      message.resume();
    },
  };
}

/** Sends an answer that is held whole, unless nobody waits for it any more. */
export async function sendResponse(answer: Response, to: ServerResponse): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  if (to.destroyed) return;
  to.writeHead(answer.status, { ...Object.fromEntries(answer.headers), "content-length": body.byteLength });
  to.end(body);
}
