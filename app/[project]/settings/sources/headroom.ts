import type { RateLimits } from "@/lib/clients/schema";

/** What was left of one limit of a model: "input tokens". `limit` is null where only the remainder was told. */
export type Headroom = Readonly<{ name: string; remaining: number; limit: number | null }>;

/** Remaining of limit, from fields such as `input_tokens_remaining` and `input_tokens_limit`; the scarcest first. */
export function readHeadroom(told: RateLimits): readonly Headroom[] {
  const figures = Object.entries(told).flatMap(([field, remaining]): Headroom[] => {
    const [, name] = /^(.+)_remaining$/.exec(field) ?? [];
    if (name === undefined || typeof remaining !== "number") return [];
    const limit = told[`${name}_limit`];
    return [{ name: name.replaceAll("_", " "), remaining, limit: typeof limit === "number" ? limit : null }];
  });
  const share = ({ remaining, limit }: Headroom) => (limit ? remaining / limit : 1);
  return figures.sort((a, b) => share(a) - share(b) || (a.name < b.name ? -1 : 1));
}
