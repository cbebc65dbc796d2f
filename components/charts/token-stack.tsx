import { TOKEN_KINDS, type TokenKind } from "@/components/charts/series-color";

/** Tokens of one call by kind, and how many of its input were sent before at most. */
export type TokenStack = Readonly<Record<TokenKind, number>> & Readonly<{ input: number; resent: number }>;

/** A prompt from its start on: what was read from a cache, what was written to one, what was neither. */
const PROMPT: readonly TokenKind[] = ["cache_read", "cache_write_1h", "cache_write_5m", "fresh"];
const COLORS = Object.fromEntries(TOKEN_KINDS.map(({ key, color }) => [key, color])) as Readonly<
  Record<TokenKind, string>
>;

/** The kinds of a call in the order in which they are drawn, from the start of its prompt to its output. */
export function stackParts(stack: TokenStack): readonly Readonly<{ key: TokenKind; size: number; color: string }>[] {
  return [...PROMPT, "output" as const]
    .map((key) => ({ key, size: stack[key], color: COLORS[key] }))
    .filter(({ size }) => size > 0);
}

/** Input and output of one call as a bar, relative to the largest; a tick stands where what was sent before ends. */
export function TokenStackBar({ stack, largest }: { stack: TokenStack; largest: number }) {
  const percent = (tokens: number) => `${(tokens / Math.max(1, largest)) * 100}%`;
  return (
    <span aria-hidden className="relative block h-2.5">
      <span className="flex h-full gap-px">
        {stackParts(stack).map(({ key, size, color }) => (
          <span key={key} className="block rounded-[1px]" style={{ width: percent(size), background: color }} />
        ))}
      </span>
      {stack.resent > 0 && (
        <span
          className="-inset-y-0.5 absolute w-[1.5px] bg-foreground shadow-[0_0_0_1px_var(--card)]"
          style={{ left: `calc(${percent(stack.resent)} - 1px)` }}
        />
      )}
    </span>
  );
}
