import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Spendtrace } from "../src/node.js";
import { connect, KEY, recordCalls } from "./support/client.js";
import { Collector } from "./support/collector.js";

let collector: Collector;
let said: string[];

beforeEach(async () => {
  collector = await new Collector().start();
  said = [];
  for (const method of ["log", "warn", "error", "info", "debug"] as const)
    vi.spyOn(console, method).mockImplementation((...words) => void said.push(words.join(" ")));
});

afterEach(async () => {
  vi.restoreAllMocks();
  await collector.stop();
});

const SECRET = "the prompt that nobody may see";

type Make = () => unknown;

/** Makes values that break what trusts them, fast-check too; every text among them is a secret. */
const hostile: fc.Arbitrary<Make> = fc.oneof(
  fc
    .anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withTypedArray: true })
    .map((value) => () => value),
  fc.constantFrom<Make>(
    () => SECRET,
    () => SECRET.repeat(200_000),
    () => Symbol(SECRET),
    () => 10n ** 400n,
    () => -0,
    () => "\ud800",
    () => "a\0b",
    () => new Date(Number.NaN),
    () => {
      const cycle: Record<string, unknown> = { prompt: SECRET };
      cycle.self = [cycle, { cycle }];
      return cycle;
    },
    () => ({
      get input_tokens() {
        throw new Error(SECRET);
      },
    }),
    () => ({
      toJSON() {
        throw new Error(SECRET);
      },
      toString() {
        throw new Error(SECRET);
      },
      valueOf() {
        throw new Error(SECRET);
      },
    }),
    () =>
      new Proxy(
        {},
        {
          get() {
            throw new Error(SECRET);
          },
          ownKeys() {
            throw new Error(SECRET);
          },
        },
      ),
    () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return proxy;
    },
    () => new Proxy({}, { ownKeys: () => Array.from({ length: 5_000 }, (_, index) => `k${index}`) }),
    () => Object.create(null, { model: { get: () => SECRET } }),
    () => new Array(2 ** 32 - 1),
    () => JSON.parse("[".repeat(5_000) + "]".repeat(5_000)),
    () => globalThis,
    () => process,
    () => class {},
  ),
);

const fields = [
  "model",
  "usage",
  "occurred_at",
  "request_id",
  "tenant_id",
  "input_tokens",
  "latency_ms",
  "prompt",
  "incomplete",
];
const call: fc.Arbitrary<Make> = fc.oneof(
  hostile,
  fc
    .dictionary(fc.constantFrom(...fields), hostile)
    .map((makers) => () => Object.fromEntries(Object.entries(makers).map(([field, make]) => [field, make()]))),
  hostile.map((make) => () => ({ model: "m", usage: make() })),
);

test("nothing throws, blocks or tells a secret, whatever it is given; and the next calls arrive", async () => {
  const spendtrace = connect(collector);
  const took: number[] = [];
  const quick = (action: () => unknown) => {
    const startedAt = performance.now();
    action();
    took.push(performance.now() - startedAt);
  };
  fc.assert(
    fc.property(call, hostile, hostile, (...makers) => {
      const [call, other, third] = makers.map((make) => make()) as [never, never, never];
      quick(() => spendtrace.record(call as never));
      quick(() => expect(spendtrace.run(other, () => 7)).toBe(7));
      quick(() => spendtrace.run(other, () => spendtrace.record(call)));
      quick(() => spendtrace.outcome(other, third, call));
      quick(() => expect(typeof spendtrace.fetch(other)).toBe("function"));
      quick(() => new Spendtrace(other));
      quick(() => new Spendtrace({ endpoint: other, apiKey: third }));
      quick(() => new Spendtrace({ endpoint: collector.url, apiKey: KEY, spool: {} as never, tenantId: other }));
    }),
    { numRuns: 2_000 },
  );
  // Texts of 6 MB are among them; the rest of the slow ones is a busy machine's.
  expect(took.sort((a, b) => a - b)[Math.floor(took.length * 0.99)]).toBeLessThan(20);
  recordCalls(spendtrace, 1, 3);
  const { pending } = await spendtrace.shutdown(20_000);
  expect(pending).toBe(0);
  expect(collector.requestIds()).toEqual(expect.arrayContaining(["r1", "r2", "r3"]));
  expect(said.join("\n")).not.toContain(SECRET);
  expect(said.join("\n")).not.toContain(KEY);
  expect(said.join("\n")).not.toContain("within the SDK");
});

test("only the fields of a call leave the process", async () => {
  const spendtrace = connect(collector);
  spendtrace.record({ model: "m", messages: [SECRET], prompt: SECRET, headers: { "x-api-key": KEY } } as never);
  await spendtrace.shutdown(5_000);
  expect(JSON.stringify(collector.requests.map(({ body }) => body))).not.toContain(SECRET);
  expect(Object.keys([...collector.stored.values()][0] ?? {}).sort()).toEqual([
    ...["feature", "model", "occurred_at", "request_id", "source", "tenant_id"],
  ]);
});

test("what a server says of calls is told cut short, and a body that is none is borne", async () => {
  const bodies: unknown[] = [
    { accepted: 1, rejected: [null, 7, {}, { errors: [{}] }, { errors: [{ path: "a", message: "x".repeat(9_999) }] }] },
    { accepted: 0, rejected: "all" },
    { accepted: "1", rejected: [] },
    { accepted: 0, rejected: Array(500).fill({}) },
    [],
    null,
    7,
  ];
  for (const body of bodies) {
    collector.behave = () => ({ status: 200, body });
    const spendtrace = connect(collector);
    recordCalls(spendtrace, 1, 10);
    const { sent, pending, dropped } = await spendtrace.shutdown(300);
    expect(sent + pending + dropped).toBe(10);
    expect(sent).toBe(body === bodies[0] ? 5 : 0);
  }
  expect(Math.max(...said.map((words) => words.length))).toBeLessThan(700);
});

test("a console that throws is the host's business", async () => {
  vi.spyOn(console, "warn").mockImplementation(() => {
    throw new Error("no console");
  });
  expect(await new Spendtrace({ endpoint: "nowhere", apiKey: "k" }).shutdown()).toEqual({
    sent: 0,
    pending: 0,
    dropped: 0,
  });
});
