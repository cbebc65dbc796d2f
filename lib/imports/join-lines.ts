import { type CallObject, compact, type ReadGroup } from "@/lib/imports/schema";

type Line = ReadGroup["calls"][number];

const TOKENS = {
  input_tokens: "input_tokens",
  cache_read_tokens: "cache_read_input_tokens",
  output_tokens: "output_tokens",
} as const;

const identityOf = ({ call }: Line) => JSON.stringify([call.occurred_at, call.tenant_id, call.request_id]);

/**
 * Our own export has a row for each model that served a call, next to each other: together they are one call again, with an iteration
 * for each. The last call of a group may go on in the next one, and is given with it.
 */
export async function* joinLines(groups: AsyncIterable<ReadGroup>): AsyncGenerator<ReadGroup> {
  let open: Line[] = [];
  let before: ReadGroup["next"] = null;
  for await (const group of groups) {
    const calls: Line[] = [];
    const [first] = group.calls;
    const goesOn = first !== undefined && open[0] !== undefined && identityOf(open[0]) === identityOf(first);
    for (const line of group.calls) {
      if (open[0] && identityOf(open[0]) !== identityOf(line)) {
        calls.push(join(open));
        open = [];
      }
      open.push(line);
    }
    // What is open began in this group if another call was closed in it: all that lies before the group is given. But reading may not
    // begin again between two lines of a call.
    yield { ...group, calls, next: calls.length > 0 && !goesOn ? before : null };
    before = group.next;
  }
  if (open.length > 0) yield { calls: [join(open)], refused: [], skipped: {}, next: null };
}

function join(lines: readonly Line[]): Line {
  const [first, ...others] = lines.toSorted((a, b) => Number(a.call.line ?? 0) - Number(b.call.line ?? 0));
  if (!first) throw new Error("a call without a line");
  const { line: _, ...call } = first.call;
  if (others.length === 0) return { ...first, call };
  const iterations = [...others, first].map((part) => ({
    type: "message",
    model: part.call.model,
    ...usageOf(part.call),
  }));
  const { input_tokens, cache_create_5m_tokens, cache_create_1h_tokens, cache_create_tokens, ...rest } = call;
  const { cache_read_tokens, output_tokens, ...kept } = rest as Record<string, unknown>;
  return { ...first, call: { ...kept, usage: { ...usageOf(first.call), iterations } } };
}

function usageOf(call: CallObject): Record<string, unknown> {
  const of5m = Number(call.cache_create_5m_tokens ?? call.cache_create_tokens ?? 0);
  const of1h = Number(call.cache_create_1h_tokens ?? 0);
  const tokens = Object.entries(TOKENS).map(([field, name]) => [name, call[field] ?? 0]);
  return compact({
    ...Object.fromEntries(tokens),
    cache_creation_input_tokens: of5m + of1h,
    cache_creation:
      call.cache_create_tokens === undefined
        ? { ephemeral_5m_input_tokens: of5m, ephemeral_1h_input_tokens: of1h }
        : undefined,
  });
}
