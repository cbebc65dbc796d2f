/** Sees a body go by. What it throws is swallowed. */
export type BodyObserver = {
  /** The bytes are the host's: what is kept of them must be copied. The host has them at once; a promise holds back the next ones. */
  chunk(bytes: Uint8Array): void | Promise<void>;
  /** The body came to its end, was cancelled, broke off or was let go of unread. Told once. */
  end(): void;
};

type Bytes = Uint8Array<ArrayBuffer>;

/** Told when the host has let go of a body that it did not read to the end. */
const abandoned =
  typeof FinalizationRegistry === "undefined" ? undefined : new FinalizationRegistry<() => void>((end) => end());

/**
 * The same response, whose body tells an observer what the host reads of it. Nothing is read ahead, kept or delayed: a
 * read of the host is a read of the provider's body, and cancelling and errors pass through as they are.
 * Where there is no body, or one that is no web stream, the response is returned as it is and the end is told at once.
 */
export function observeBody(response: Response, observer: BodyObserver): Response {
  const source = response.body as ReadableStream<Bytes> | null;
  const told = tellOnce(observer);
  if (!(source instanceof ReadableStream) || source.locked) {
    told.end();
    return response;
  }
  const isByteStream = hasByteReader(source);
  let reader: ReadableStreamDefaultReader<Bytes> | undefined;

  const pull = async (controller: ReadableStreamDefaultController<Bytes> | ReadableByteStreamController) => {
    // Not before it is read: an unread body is cancelled by the runtime when its response is collected, unless it is locked.
    reader ??= (response.body as ReadableStream<Bytes>).getReader();
    try {
      const { done, value } = await reader.read();
      const settled = value && told.chunk(value);
      if (value) controller.enqueue(value);
      await settled;
      if (!done) return;
    } catch (error) {
      told.end();
      throw error;
    }
    told.end();
    controller.close();
    if ("byobRequest" in controller) controller.byobRequest?.respond(0);
  };
  const cancel = (reason: unknown) => {
    told.end();
    return reader ? reader.cancel(reason) : (response.body as ReadableStream<Bytes>).cancel(reason);
  };

  const body = isByteStream
    ? new ReadableStream({ type: "bytes", pull, cancel })
    : new ReadableStream({ pull, cancel }, { highWaterMark: 0 });
  abandoned?.register(body, told.end);
  const { status, statusText, headers } = response;
  return dress(new Response(body, { status, statusText, headers }), response);
}

/** Gives a response made by hand, and its clones, what only fetch can give one. */
function dress(copy: Response, { url, redirected, type }: Response): Response {
  const clone = copy.clone.bind(copy);
  return Object.defineProperties(copy, {
    url: { value: url },
    redirected: { value: redirected },
    type: { value: type },
    clone: { value: () => dress(clone(), copy) },
  });
}

function hasByteReader(stream: ReadableStream): boolean {
  try {
    stream.getReader({ mode: "byob" }).releaseLock();
    return true;
  } catch {
    return false;
  }
}

function tellOnce({ chunk, end }: BodyObserver): BodyObserver {
  let isOpen = true;
  return {
    chunk(bytes) {
      try {
        return isOpen ? chunk(bytes) : undefined;
      } catch {
        // The host's answer is worth more than our record of it.
      }
    },
    end() {
      if (!isOpen) return;
      isOpen = false;
      try {
        end();
      } catch {
        // As above.
      }
    },
  };
}
