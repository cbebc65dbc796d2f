/** Random numbers that are the same in every run: the sample data must be reproducible. */
export type Random = Readonly<{
  /** In [0, 1). */
  next: () => number;
  /** An integer in [0, below). */
  below: (limit: number) => number;
  chance: (probability: number) => boolean;
  /** Around `mean` with a long tail upwards, as token counts and latencies are; `sigma` 0.2 is tight, 0.8 wide. */
  around: (mean: number, sigma: number) => number;
  /** How many events of a Poisson process with this mean. */
  count: (mean: number) => number;
  hex: (length: number) => string;
  pick: <T>(items: readonly [T, ...T[]]) => T;
}>;

/** mulberry32 (Tommy Ettinger, public domain): 32 bits of state, passes gjrand's 4 GB test, ample for sample data. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** FNV-1a of a name: gives each story a stream of its own, so that editing one leaves the others as they were. */
function seedOf(name: string, basis = 0x811c9dc5): number {
  let hash = basis;
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

/** A stream of random numbers named after what it is used for. */
export function createRandom(name: string): Random {
  const next = mulberry32(seedOf(name));
  const below = (limit: number) => Math.floor(next() * limit);
  // Twelve uniforms sum to a normal closely enough, but four are as believable and quicker.
  const normal = () => (next() + next() + next() + next() - 2) * Math.sqrt(3);
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    around: (mean, sigma) => Math.round(mean * Math.exp(sigma * normal() - (sigma * sigma) / 2)),
    count: (mean) => {
      const limit = Math.exp(-mean);
      let product = next();
      let events = 0;
      while (product > limit) {
        product *= next();
        events += 1;
      }
      return events;
    },
    hex: (length) => {
      let text = "";
      while (text.length < length) text += below(65_536).toString(16).padStart(4, "0");
      return text.slice(0, length);
    },
    pick: (items) => items[below(items.length)] ?? items[0],
  };
}

/** Sixteen hex digits that stand for a name: the same name, the same hash. */
export function nameHash(name: string): string {
  return [seedOf(name), seedOf(name, 0x2b5c19d7)].map((part) => part.toString(16).padStart(8, "0")).join("");
}
