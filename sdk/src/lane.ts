import type { Answer } from "./post.js";

/** One kind of thing that is delivered: calls, outcomes or client reports. Lanes wait and retry each by itself. */
export type Lane = {
  path: string;
  isEmpty(): boolean;
  /** When something is to be sent, in ms since 1970; Infinity when nothing waits. */
  dueAt(): number;
  /** The JSON to send next; undefined when there is nothing after all. */
  body(): Promise<string | undefined>;
  /** Takes an answer to the last body that is no reason to retry. A number: the body is kept, to be sent again after so many ms. */
  settle(answer: Answer): number | undefined;
};
