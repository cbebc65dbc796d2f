import { ANSWER_FIELDS, type Answer, readAnswer } from "./answer.js";
import { AwsEventStream } from "./event-stream.js";
import { JsonFields } from "./json-fields.js";
import { ServerSentEvents } from "./sse.js";
import { StreamedAnswer } from "./streamed-answer.js";

/** Reads an answer while its bytes pass by. */
export type AnswerReader = {
  push(bytes: Uint8Array): void;
  /** A token of streamed content has come. */
  readonly hasContent: boolean;
  /** Nothing that still comes matters. */
  readonly isOver: boolean;
  /** What was said until now, whether the body came to its end or was cut. */
  end(): Answer;
};

export function createAnswerReader(contentType: string): AnswerReader {
  if (contentType.includes("text/event-stream")) return readServerSentEvents();
  if (contentType.includes("application/vnd.amazon.eventstream")) return readAwsEventStream();
  return readJson();
}

function readJson(): AnswerReader {
  const fields = new JsonFields(ANSWER_FIELDS);
  return {
    push: (bytes) => fields.push(bytes),
    hasContent: false,
    isOver: false,
    end() {
      const { values, isWhole } = fields.take();
      return readAnswer(values, isWhole);
    },
  };
}

function readServerSentEvents(): AnswerReader {
  const streamed = new StreamedAnswer();
  const events = new ServerSentEvents((data) => streamed.readData(data));
  return followStream(
    streamed,
    (bytes) => events.push(bytes),
    () => events.end(),
  );
}

function readAwsEventStream(): AnswerReader {
  const streamed = new StreamedAnswer();
  const decoder = new TextDecoder();
  const messages = new AwsEventStream(({ headers, payload }) => {
    if (headers.get(":message-type") === "exception") {
      streamed.readEvent({ type: "error", error: { type: headers.get(":exception-type") } });
      return;
    }
    const json = decoder.decode(payload);
    // InvokeModel wraps the events of the model's maker.
    const wrapped = /^\s*\{[^{]*"bytes"\s*:\s*"([A-Za-z0-9+/=]*)"/.exec(json)?.[1];
    streamed.readJson(wrapped === undefined ? json : decoder.decode(fromBase64(wrapped)));
  });
  return followStream(
    streamed,
    (bytes) => messages.push(bytes),
    () => {},
  );
}

function followStream(streamed: StreamedAnswer, push: (bytes: Uint8Array) => void, end: () => void): AnswerReader {
  return {
    push,
    get hasContent() {
      return streamed.hasContent;
    },
    get isOver() {
      return streamed.isOver;
    },
    end() {
      end();
      return streamed.answer;
    },
  };
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
