/** A filter that only some pages have, beside those of every page. The server says which; the bar shows and writes it. */
export type OwnFilter = ValueFilter | RangeFilter;

/** `filter.<key>` and `not.<key>`: exact values, several are alternatives. */
export type ValueFilter = Readonly<{
  kind: "value";
  key: string;
  label: string;
  /** Values to choose from; any other can be typed. */
  values?: readonly string[];
  /** Values that are called otherwise where people read. */
  words?: Readonly<Record<string, string>>;
}>;

/** `min_<key>` and `max_<key>`: a bound, itself included. */
export type RangeFilter = Readonly<{ kind: "range"; key: string; label: string; unit: "$" | "ms" | "tokens" }>;

/** An own filter that the address sets. */
export type SetFilter =
  | Readonly<{ kind: "value"; filter: ValueFilter; op: "is" | "is_not"; values: readonly string[]; param: string }>
  | Readonly<{ kind: "range"; filter: RangeFilter; bound: Bound; value: string; param: string }>;

export type Bound = "min" | "max";
export const BOUND_WORDS: Readonly<Record<Bound, string>> = { min: "at least", max: "at most" };

/** The parameter of a value filter. */
export const valueParam = ({ key }: ValueFilter, op: "is" | "is_not") => `${op === "is" ? "filter" : "not"}.${key}`;
/** The parameter of a bound. */
export const rangeParam = ({ key }: RangeFilter, bound: Bound) => `${bound}_${key}`;

/** The page's own filters that a URL sets, in the order in which the page offers them. */
export function readOwnFilters(params: URLSearchParams, own: readonly OwnFilter[]): readonly SetFilter[] {
  return own.flatMap((filter): SetFilter[] =>
    filter.kind === "value"
      ? (["is", "is_not"] as const).flatMap((op) => {
          const param = valueParam(filter, op);
          const values = params.getAll(param).filter(Boolean);
          return values.length > 0 ? [{ kind: "value", filter, op, values, param }] : [];
        })
      : (["min", "max"] as const).flatMap((bound) => {
          const param = rangeParam(filter, bound);
          const value = params.get(param);
          return value ? [{ kind: "range", filter, bound, value, param }] : [];
        }),
  );
}

/** What a chip says of it: "is not retry", "at least $0.50". */
export function describeOwn(set: SetFilter): string {
  if (set.kind === "range") {
    const { unit } = set.filter;
    return `${BOUND_WORDS[set.bound]} ${unit === "$" ? `$${set.value}` : `${set.value} ${unit}`}`;
  }
  const [first = ""] = set.values;
  const text = set.values.length === 1 ? (set.filter.words?.[first] ?? first) : `${set.values.length} values`;
  return set.op === "is" ? text : `is not ${text}`;
}
