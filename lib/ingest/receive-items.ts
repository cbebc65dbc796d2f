import "server-only";
import type { z } from "zod";
import { StoreUnavailable } from "@/lib/calls/commit-queue";
import { isOurFault } from "@/lib/calls/database-error";
import { decodeUtf8, json } from "@/lib/http";
import { checkItem } from "@/lib/ingest/check-item";
import { readBatch } from "@/lib/ingest/read-batch";
import type { FieldError } from "@/lib/ingest/schema";
import { takeBody } from "@/lib/ingest/take-body";

/** What is told about calls afterwards: how an item is checked, and how those that passed are stored, all or none. */
export type ItemKind<Item> = Readonly<{
  /** `{"outcomes":[…]}`. */
  list: string;
  schema: z.ZodType<Item>;
  store: (items: readonly Item[]) => Promise<void>;
}>;

type Rejected = Readonly<{ index: number; errors: readonly FieldError[] }>;

/**
 * Answers a batch of items that are not calls: `{"accepted":n,"rejected":[{"index","errors"}]}`, 200 once all that was accepted is
 * committed, 422 when none was. Each is checked by itself, whatever becomes of its neighbours.
 * @throws HttpProblem as `takeBody` does.
 */
export function receiveItems<Item>(request: Request, { list, schema, store }: ItemKind<Item>): Promise<Response> {
  return takeBody(request, async (body) => {
    const sent = readBatch(decodeUtf8(body), request.headers.get("content-type"), list);
    const accepted: Item[] = [];
    const rejected: Rejected[] = [];
    for (const [index, one] of sent.entries()) {
      const checked = checkItem(schema, one);
      if (checked.ok) accepted.push(checked.item);
      else rejected.push({ index, errors: checked.errors });
    }
    if (accepted.length > 0) await orUnavailable(() => store(accepted));
    const isTaken = accepted.length > 0 || rejected.length === 0;
    return json({ accepted: accepted.length, rejected }, isTaken ? 200 : 422);
  });
}

/** @throws StoreUnavailable where the database did not do its part: the same may be sent again. */
export async function orUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isOurFault(error)) throw error;
    throw new StoreUnavailable("the database is not available", { cause: error });
  }
}
