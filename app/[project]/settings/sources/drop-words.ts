import type { DropReason } from "@/lib/clients/schema";

/** What a reason to drop a call means, and what to do about it. */
export type DropWords = Readonly<{ label: string; meaning: string; remedy: string }>;

const WORDS: Readonly<Record<DropReason, DropWords>> = {
  queue_full: {
    label: "Queue full",
    meaning: "This server did not take calls for so long that 10,000 of them, or 16 MB, waited in the client.",
    remedy: "See whether the server was down or out of reach. With the option spool they wait on disk instead.",
  },
  spool_full: {
    label: "Spool full",
    meaning: "The folder in which calls wait had no room left: 500 MB, or the disk itself.",
    remedy: "See why calls were not delivered for so long, and whether the disk is full.",
  },
  unauthorized: {
    label: "Key not accepted",
    meaning: "The server knows no such key, or it lacks the scope ingest.",
    remedy: "Make another key under API keys and set SPENDTRACE_KEY.",
  },
  rejected: {
    label: "Not answered by Spendtrace",
    meaning: "Something else answered at the address, or refused a whole batch.",
    remedy: "See that SPENDTRACE_URL leads here, and what proxies on the way do with the requests.",
  },
  refused: {
    label: "Refused",
    meaning: "The server refused single calls because of a field. The client's log names it.",
    remedy:
      "Most often a clock that is more than five minutes ahead, or a tenant or feature that is empty or too long.",
  },
  conflict: {
    label: "Conflict",
    meaning: "A call with the same request id, time and tenant is stored with other content. That one stays.",
    remedy: "Give every call a request id of its own.",
  },
  too_large: {
    label: "Too large",
    meaning: "One call alone was larger than 1 MB, or than a proxy on the way lets through.",
    remedy: "Prompts are never sent: look for a large value that was added to the call by hand.",
  },
  invalid: {
    label: "Not a call",
    meaning: "What was recorded by hand could not be written as a call.",
    remedy: "The client's log says what was wrong with it.",
  },
  closed: {
    label: "After shutdown",
    meaning: "The call ended after the client was shut down.",
    remedy: "Call shutdown() when the last request is done, not when the signal comes.",
  },
  other: {
    label: "Other",
    meaning: "A reason that this server does not know: the client is newer.",
    remedy: "Update Spendtrace.",
  },
  outcome: {
    label: "Outcomes of tasks",
    meaning: "Not calls: outcomes that could not be delivered or were refused. The tasks stay without an outcome.",
    remedy: "The client's log says why.",
  },
};

/** The words for a reason as it is stored. */
export function dropWords(reason: string): DropWords {
  return WORDS[reason as DropReason] ?? WORDS.other;
}
